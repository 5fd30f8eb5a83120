"""Read the rulebook, and refuse one that contradicts itself."""

import dataclasses
import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from workflows.calendar.working_days import YearlyPeriod
from workflows.rulebook.entry import Entry
from workflows.rulebook.model import (
    Duty,
    FactKind,
    Ground,
    Later,
    Limit,
    Period,
    Rulebook,
    RulebookError,
    Trigger,
    Unit,
)

FOLDER: Final = Path(__file__).parent
_GENERAL: Final = "general.toml"
_SHARED: Final = frozenset({"target_days", "headline"})
_TOP: Final = frozenset({"facts", "grounds", "duties", "periods", "closed_days"})
Wanted = TypeVar("Wanted")


@lru_cache(maxsize=1)
def current() -> Rulebook:
    """Return the rulebook that comes with this version."""
    return read({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")})


def read(files: Mapping[str, bytes]) -> Rulebook:
    """Return the rulebook of some TOML files by name; `general.toml` has what is asked of all.

    Raises:
        RulebookError: naming the file, the entry, the field and what is wrong.
    """
    names = sorted(files)
    areas = {name: _area(name, files[name]) for name in names}
    general = areas.get(_GENERAL)
    if general is None:
        raise RulebookError(f"rulebook: there is no file “{_GENERAL}”")
    rulebook = Rulebook(
        tuple(duty for area in areas.values() for duty in area.duties),
        _joined({name: area.grounds for name, area in areas.items()}, "ground"),
        _joined({name: area.facts for name, area in areas.items()}, "fact"),
        _joined({name: area.periods for name, area in areas.items()}, "period"),
        _joined({name: area.closed_days for name, area in areas.items()}, "closed days"),
        general.top.take("target_days", int),
        general.top.take("headline", str),
        _hash(files),
    )
    for name, area in areas.items():
        with _named(name):
            _refuse_unknown(area, rulebook)
    _refuse_overlaps([(name, duty) for name, area in areas.items() for duty in area.duties])
    if rulebook.headline not in {duty.code for duty in rulebook.duties}:
        raise RulebookError(f"{_GENERAL}: there is no duty “{rulebook.headline}”, the headline")
    return rulebook


@dataclasses.dataclass(frozen=True, slots=True)
class _Area:
    """What one file has."""

    top: Entry
    facts: Mapping[str, FactKind]
    grounds: Mapping[str, Ground]
    periods: Mapping[str, Period]
    closed_days: Mapping[str, tuple[YearlyPeriod, ...]]
    duties: tuple[Duty, ...]


def _area(name: str, data: bytes) -> _Area:
    with _named(name):
        try:
            document = tomllib.loads(data.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RulebookError(str(error)) from error
        top = Entry("top", document, _TOP | _SHARED if name == _GENERAL else _TOP)
        return _Area(
            top,
            {code: _fact(code, entry) for code, entry in top.take("facts", dict, {}).items()},
            {code: _ground(code, entry) for code, entry in top.take("grounds", dict, {}).items()},
            {code: _period(code, entry) for code, entry in top.take("periods", dict, {}).items()},
            {
                code: _closed(code, entry)
                for code, entry in top.take("closed_days", dict, {}).items()
            },
            tuple(_duty(entry) for entry in top.take("duties", list, [])),
        )


@contextmanager
def _named(file: str) -> Iterator[None]:
    """Say in which file something is wrong."""
    try:
        yield
    except RulebookError as error:
        raise RulebookError(f"{file}: {error}") from error


def _joined(parts: Mapping[str, Mapping[str, Wanted]], what: str) -> dict[str, Wanted]:
    joined: dict[str, Wanted] = {}
    for name, entries in parts.items():
        for code in entries.keys() & joined.keys():
            raise RulebookError(f"{name}: {what} {code}: another file has it as well")
        joined.update(entries)
    return joined


def _hash(files: Mapping[str, bytes]) -> str:
    content = hashlib.sha256()
    for name in sorted(files):
        content.update(f"{name} {len(files[name])}\n".encode() + files[name])
    return content.hexdigest()[:12]


def _keys(of: type) -> frozenset[str]:
    return frozenset(each.name for each in dataclasses.fields(of))


def _fact(code: str, values: Mapping[str, Any]) -> FactKind:
    entry = Entry(f"fact {code}", values, _keys(FactKind) - {"code"})
    return FactKind(
        code,
        entry.take("title", str),
        entry.take("qualified_by", str, ""),
        tuple(tuple(each.split(" or ")) for each in entry.texts("not_before", optional=True)),
        entry.texts("right_of_appeal", optional=True),
        entry.take("planned", bool, default=False),
    )


def _ground(code: str, values: Mapping[str, Any]) -> Ground:
    entry = Entry(f"ground {code}", values, _keys(Ground) - {"code"})
    return Ground(
        code, entry.take("title", str), entry.take("text", str), entry.take("shortest", int, 0)
    )


def _period(code: str, values: Mapping[str, Any]) -> Period:
    name = f"period {code}"
    entry = Entry(name, values, _keys(Period) - {"code"})
    return Period(
        code,
        entry.take("title", str),
        _limit(name, entry.take("limit", dict)),
        entry.take("source", str),
        entry.take("url", str),
        entry.take("verified", bool, default=True),
    )


def _closed(code: str, values: Mapping[str, Any]) -> tuple[YearlyPeriod, ...]:
    name = f"closed days {code}"
    entry = Entry(name, values, frozenset({"periods", "source"}))
    entry.take("source", str)
    return tuple(_yearly(name, text) for text in entry.texts("periods"))


def _yearly(name: str, text: str) -> YearlyPeriod:
    found = re.fullmatch(r"(\d\d)-(\d\d) to (\d\d)-(\d\d)", text)
    if found is None:
        raise RulebookError(f"{name}: “{text}” is no period. Write “12-25 to 01-01”")
    first_month, first_day, last_month, last_day = map(int, found.groups())
    _refuse_no_day(name, first_month, first_day)
    _refuse_no_day(name, last_month, last_day)
    return YearlyPeriod((first_month, first_day), (last_month, last_day))


def _refuse_no_day(name: str, month: int, day: int, year: int = 2000) -> None:
    try:
        dt.date(year, month, day)
    except ValueError as error:
        raise RulebookError(f"{name}: there is no day {day} of month {month}") from error


def _duty(values: Mapping[str, Any]) -> Duty:
    name = f"duty {values.get('code', '?')}"
    entry = Entry(name, values, _keys(Duty))
    return Duty(
        code=entry.take("code", str),
        title=entry.take("title", str),
        actor=entry.take("actor", str),
        opens_on=_triggers(entry.texts("opens_on")),
        anchor=_trigger(entry.take("anchor", str)),
        limit=_limit(name, entry.take("limit", dict)),
        met_by=_triggers(entry.texts("met_by")),
        void_by=_triggers(entry.texts("void_by")),
        grounds=entry.texts("grounds"),
        source=entry.take("source", str),
        url=entry.take("url", str),
        in_force_from=entry.take("in_force_from", dt.date),
        in_force_to=entry.take("in_force_to", dt.date) if "in_force_to" in values else None,
        processes=entry.texts("processes"),
        opened_in=entry.texts("opened_in" if "opened_in" in values else "processes"),
        met_in=entry.texts("met_in" if "met_in" in values else "processes"),
        kind=entry.take("kind", str, ""),
        or_later=_later(name, entry.take("or_later", dict)) if "or_later" in values else None,
        agreed_by=entry.take("agreed_by", str, ""),
        in_force_by=entry.take("in_force_by", str, ""),
        excludes=entry.take("excludes", str, ""),
        per_qualifier=entry.take("per_qualifier", bool, default=False),
        statutory=entry.take("statutory", bool, default=True),
        right=entry.take("right", bool, default=False),
        verified=entry.take("verified", bool, default=True),
        note=entry.take("note", str, ""),
    )


def _limit(duty: str, values: Mapping[str, Any]) -> Limit:
    entry = Entry(f"{duty}, limit", values, _keys(Limit))
    unit = entry.take("unit", str)
    if unit not in set(Unit):
        raise RulebookError(f"{duty}, limit: “{unit}” is no unit. Use one of: {', '.join(Unit)}")
    if unit == Unit.DATE:
        return _date(duty, entry)
    count = entry.take("count", int)
    if count < 0:
        raise RulebookError(f"{duty}, limit: a limit cannot be less than nothing")
    for key in ("month", "day", "year"):
        if key in values:
            raise RulebookError(f"{duty}, limit: only a date has a “{key}”. Remove it.")
    return Limit(
        count,
        Unit(unit),
        inclusive=entry.take("inclusive", bool, default=False),
        before=entry.take("before", bool, default=False),
    )


def _date(duty: str, entry: Entry) -> Limit:
    month, day = entry.take("month", int), entry.take("day", int)
    year = entry.take("year", int, 0)
    _refuse_no_day(f"{duty}, limit", month, day, year or 2001)
    return Limit(entry.take("count", int, 0), Unit.DATE, month=month, day=day, year=year)


def _later(duty: str, values: Mapping[str, Any]) -> Later:
    entry = Entry(f"{duty}, or_later", values, _keys(Later))
    return Later(_trigger(entry.take("anchor", str)), _limit(duty, entry.take("limit", dict)))


def _triggers(texts: tuple[str, ...]) -> tuple[Trigger, ...]:
    return tuple(_trigger(text) for text in texts)


def _trigger(text: str) -> Trigger:
    return Trigger(*text.split(":", 1))


def _refuse_unknown(area: _Area, rulebook: Rulebook) -> None:
    for fact in area.facts.values():
        for codes in fact.not_before:
            _refuse_unknown_facts(f"fact {fact.code}", codes, rulebook)
    for duty in area.duties:
        _refuse_wrong(duty, rulebook)


def _refuse_wrong(duty: Duty, rulebook: Rulebook) -> None:
    where = f"duty {duty.code}"
    named = [trigger.code for trigger in (*duty.opens_on, *duty.met_by, *duty.void_by)]
    named += [duty.anchor.code, *([duty.or_later.anchor.code] if duty.or_later else [])]
    named += [code for code in (duty.agreed_by, duty.in_force_by) if code]
    _refuse_unknown_facts(where, tuple(named), rulebook)
    if duty.excludes and duty.excludes not in rulebook.closed_days:
        raise RulebookError(f"{where}: there are no closed days “{duty.excludes}”")
    for ground in duty.grounds:
        if ground not in rulebook.grounds:
            raise RulebookError(f"{where}: there is no ground “{ground}”")
    for key in ("opens_on", "met_by", "processes"):
        if not getattr(duty, key):
            raise RulebookError(f"{where}: “{key}” is empty. Name at least one.")
    if duty.in_force_to is not None and duty.in_force_to < duty.in_force_from:
        raise RulebookError(f"{where}: “in_force_to” lies before “in_force_from”")


def _refuse_unknown_facts(where: str, codes: tuple[str, ...], rulebook: Rulebook) -> None:
    for code in codes:
        if code not in rulebook.facts:
            raise RulebookError(f"{where}: there is no fact “{code}”")


def _refuse_overlaps(duties: Sequence[tuple[str, Duty]]) -> None:
    for position, (name, one) in enumerate(duties):
        for _, other in duties[:position]:
            if one.code != other.code:
                continue
            starts = max(one.in_force_from, other.in_force_from)
            ends = min(one.in_force_to or dt.date.max, other.in_force_to or dt.date.max)
            if starts <= ends:
                raise RulebookError(
                    f"{name}: duty {one.code}: two versions are in force on {starts}"
                )
