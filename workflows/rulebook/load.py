"""Read the rulebook, and refuse one that contradicts itself."""

import datetime as dt
import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from workflows.rulebook.model import (
    Duty,
    FactKind,
    Ground,
    Limit,
    Rulebook,
    RulebookError,
    Trigger,
    Unit,
)

PATH: Final = Path(__file__).with_name("rulebook.toml")


@lru_cache(maxsize=1)
def current() -> Rulebook:
    """Return the rulebook that comes with this version."""
    return read(PATH.read_bytes())


def read(data: bytes) -> Rulebook:
    """Return the rulebook of a TOML document.

    Raises:
        RulebookError: naming the entry, the field and what is wrong.
    """
    try:
        document = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulebookError(f"rulebook: {error}") from error
    facts = {
        code: FactKind(
            code,
            str(entry["title"]),
            str(entry.get("qualified_by", "")),
            tuple(entry.get("not_before", ())),
        )
        for code, entry in document["facts"].items()
    }
    grounds = {
        code: Ground(code, str(entry["title"]), str(entry["text"]), int(entry.get("shortest", 0)))
        for code, entry in document["grounds"].items()
    }
    duties = tuple(_duty(entry) for entry in document["duties"])
    rulebook = Rulebook(
        duties,
        grounds,
        facts,
        int(document["target_days"]),
        str(document["headline"]),
        hashlib.sha256(data).hexdigest()[:12],
    )
    for duty in duties:
        _refuse_unknown(duty, rulebook)
    _refuse_overlaps(duties)
    return rulebook


def _duty(entry: dict[str, Any]) -> Duty:
    code = str(entry.get("code", "?"))
    try:
        limit = entry["limit"]
        return Duty(
            code=code,
            title=str(entry["title"]),
            actor=str(entry["actor"]),
            opens_on=_triggers(entry["opens_on"]),
            anchor=str(entry["anchor"]),
            limit=Limit(
                int(limit["count"]),
                Unit(limit["unit"]),
                inclusive=bool(limit.get("inclusive", False)),
            ),
            met_by=_triggers(entry["met_by"]),
            void_by=_triggers(entry["void_by"]),
            grounds=tuple(entry["grounds"]),
            source=str(entry["source"]),
            url=str(entry["url"]),
            in_force_from=_date(entry["in_force_from"]),
            in_force_to=_date(entry["in_force_to"]) if "in_force_to" in entry else None,
            processes=tuple(entry["processes"]),
            per_qualifier=bool(entry.get("per_qualifier", False)),
            statutory=bool(entry.get("statutory", True)),
            right=bool(entry.get("right", False)),
            verified=bool(entry.get("verified", True)),
            note=str(entry.get("note", "")),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise RulebookError(f"duty {code}: {error!r}") from error


def _triggers(texts: list[str]) -> tuple[Trigger, ...]:
    return tuple(Trigger(*text.split(":", 1)) for text in texts)


def _date(value: object) -> dt.date:
    if not isinstance(value, dt.date):
        raise TypeError(f"{value!r} is not a date")
    return value


def _refuse_unknown(duty: Duty, rulebook: Rulebook) -> None:
    named = [trigger.code for trigger in (*duty.opens_on, *duty.met_by, *duty.void_by)]
    for code in (*named, duty.anchor):
        if code not in rulebook.facts:
            raise RulebookError(f"duty {duty.code}: there is no fact “{code}”")
    for ground in duty.grounds:
        if ground not in rulebook.grounds:
            raise RulebookError(f"duty {duty.code}: there is no ground “{ground}”")
    if duty.limit.count < 1:
        raise RulebookError(f"duty {duty.code}: a limit counts at least one")


def _refuse_overlaps(duties: tuple[Duty, ...]) -> None:
    for position, one in enumerate(duties):
        for other in duties[position + 1 :]:
            if one.code != other.code:
                continue
            starts = max(one.in_force_from, other.in_force_from)
            ends = min(one.in_force_to or dt.date.max, other.in_force_to or dt.date.max)
            if starts <= ends:
                raise RulebookError(f"duty {one.code}: two versions are in force on {starts}")
