"""When a timer is due: dates, durations and cycles, in calendar days of London.

Source: ISO 8601 durations; months by the corresponding-date rule.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from engine import errors

ZONE: Final = ZoneInfo("Europe/London")
_DURATION = re.compile(
    r"^P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?$"
)
_ROUNDS = re.compile(r"^R(\d*)$")


class BadPeriod(errors.Invalid):
    """The duration or cycle is not written as ISO 8601 wants it."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repeated timer: how often (None: without end), from when (None: from now), how far apart."""

    rounds: int | None
    start: dt.datetime | None
    period: relativedelta


def duration(text: str) -> relativedelta:
    """Return an ISO 8601 duration ("P2W", "P1DT12H").

    Raises:
        BadPeriod: it is not one.
    """
    found = _DURATION.match(text.strip())
    parts = {
        name: int(value) for name, value in (found.groupdict() if found else {}).items() if value
    }
    if not parts:
        raise BadPeriod(f"“{text[:40]}” is not a duration. Write one such as P2W, P10D or PT12H.")
    return relativedelta(**parts)  # type: ignore[arg-type]


def moment_of(value: object) -> dt.datetime | None:
    """Return the moment that a timer's expression means: a date is the start of its day in London.

    Raises:
        BadPeriod: the value is neither a date nor a moment.
    """
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return moment_of(dt.datetime.fromisoformat(value))
        except ValueError as error:
            raise BadPeriod(f"“{value[:40]}” is not a date.") from error
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=ZONE)
        return aware.astimezone(dt.UTC)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day, tzinfo=ZONE).astimezone(dt.UTC)
    raise BadPeriod(f"“{value}” is not a date.")


def later(moment: dt.datetime, period: relativedelta) -> dt.datetime:
    """Return the moment a period later, by London's calendar and clock."""
    local = moment.astimezone(ZONE)
    return (local + period).astimezone(dt.UTC)


def cycle(parts: list[object]) -> Cycle | None:
    """Return the cycle written as R[n]/[start/]period; None while its start has no date.

    Raises:
        BadPeriod: it is not written so.
    """
    rounds = _ROUNDS.match(str(parts[0]).strip())
    if rounds is None or len(parts) not in {2, 3}:
        raise BadPeriod("A cycle is written R3/P1W, R/P1W or R3/start/P1W.")
    count = int(rounds[1]) if rounds[1] else None
    start = None
    if len(parts) == 3:  # noqa: PLR2004 (rounds, start, period)
        start = moment_of(parts[1])
        if start is None:
            return None
    return Cycle(count, start, duration(str(parts[-1])))


def refuse(kind: str, parts: list[str]) -> None:
    """Refuse a timer that is written wrongly; `kind` is timeDate, timeDuration or timeCycle.

    Raises:
        BadPeriod: it is not what its kind wants.
    """
    if kind == "timeCycle":
        cycle([*parts])
    elif kind == "timeDuration":
        duration(parts[0])
    else:
        moment_of(parts[0])
