"""Read the register of phased duties, and refuse one that contradicts itself."""

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from workflows.registers.model import Force, Phase, PhasedDuties, PhasedDuty
from workflows.rulebook.entry import Entry
from workflows.rulebook.model import RulebookError

FILE: Final = Path(__file__).parent / "phased_duties.toml"
MOST_MONTHS: Final = 60  # a review that is further away is none
_KEYS: Final = frozenset(each.name for each in dataclasses.fields(PhasedDuty))
Choice = TypeVar("Choice", bound=StrEnum)


@lru_cache(maxsize=1)
def current() -> PhasedDuties:
    """Return the duties that come with this version."""
    return read(FILE.read_bytes())


def read(data: bytes) -> PhasedDuties:
    """Return the duties of a TOML file.

    Raises:
        RulebookError: naming the duty, the field and what is wrong.
    """
    try:
        document = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulebookError(f"{FILE.name}: {error}") from error
    entries = Entry(FILE.name, document, frozenset({"duties"})).take("duties", list)
    duties = tuple(_duty(each) for each in entries)
    _refuse_overlaps(duties)
    return PhasedDuties(duties)


def _duty(values: object) -> PhasedDuty:
    if not isinstance(values, dict):
        raise RulebookError(f"{FILE.name}: a duty must be a table, not {values!r}")
    name = f"phased duty {values.get('code', '?')}"
    entry = Entry(name, values, _KEYS)
    months = entry.take("review_months", int)
    if not 1 <= months <= MOST_MONTHS:
        raise RulebookError(f"{name}: “review_months” must be from 1 to {MOST_MONTHS}")
    begins = entry.take("in_force_from", dt.date)
    ends = _day(entry, values, "in_force_to")
    if ends is not None and ends < begins:
        raise RulebookError(f"{name}: “in_force_to” lies before “in_force_from”")
    return PhasedDuty(
        code=entry.take("code", str),
        title=entry.take("title", str),
        what=entry.take("what", str),
        force=_one_of(Force, name, "force", entry),
        phase=_one_of(Phase, name, "phase", entry),
        first_due=_day(entry, values, "first_due"),
        review_months=months,
        source=entry.take("source", str),
        url=entry.take("url", str),
        in_force_from=begins,
        in_force_to=ends,
        verified=entry.take("verified", bool, default=True),
        note=entry.take("note", str, ""),
    )


def _day(entry: Entry, values: Mapping[str, Any], key: str) -> dt.date | None:
    return entry.take(key, dt.date) if key in values else None


def _one_of(kind: type[Choice], name: str, key: str, entry: Entry) -> Choice:
    value = entry.take(key, str)
    if value not in set(kind):
        raise RulebookError(f"{name}: “{value}” is no {key}. Use one of: {', '.join(kind)}")
    return kind(value)


def _refuse_overlaps(duties: tuple[PhasedDuty, ...]) -> None:
    for position, one in enumerate(duties):
        for other in duties[:position]:
            starts = max(one.in_force_from, other.in_force_from)
            ends = min(one.in_force_to or dt.date.max, other.in_force_to or dt.date.max)
            if one.code == other.code and starts <= ends:
                raise RulebookError(
                    f"phased duty {one.code}: two versions are in force on {starts}"
                )
