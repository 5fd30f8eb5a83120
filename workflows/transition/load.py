"""Read the cohorts of the transition plan, and refuse what contradicts itself."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from workflows.rulebook.entry import Entry
from workflows.rulebook.model import RulebookError
from workflows.transition.model import YEAR_GROUPS, Cohort, Kind, Plan, Rule, SettingKind

FILE: Final = Path(__file__).parent / "cohorts.toml"
_KEYS: Final = frozenset(
    {
        "code", "title", "kind", "rule", "year", "year_group", "window_from", "window_to", "before",
        "by", "source", "url", "consider", "verified", "note",
    }
)  # fmt: skip
_ONE_DAY: Final = dt.timedelta(days=1)


@lru_cache(maxsize=1)
def current() -> Plan:
    """Return the cohorts that come with this version."""
    return read(FILE.read_bytes())


def read(data: bytes) -> Plan:
    """Return the cohorts of a TOML file.

    Raises:
        RulebookError: naming the cohort, the field and what is wrong.
    """
    try:
        document = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulebookError(f"{FILE.name}: {error}") from error
    top = Entry(FILE.name, document, frozenset({"settings", "cohorts"}))
    settings = {code: _setting(code, values) for code, values in top.take("settings", dict).items()}
    cohorts = tuple(_cohort(values) for values in top.take("cohorts", list))
    _refuse_wrong_whole(cohorts)
    return Plan(cohorts, settings)


def _setting(code: str, values: object) -> SettingKind:
    name = f"setting {code}"
    given = _table(name, values)
    entry = Entry(name, given, frozenset({"title", "leaves_after"}))
    last = _year_group(entry, name, "leaves_after") if "leaves_after" in given else None
    return SettingKind(code, entry.take("title", str), last)


def _cohort(values: object) -> Cohort:
    given = _table("cohort", values)
    name = f"cohort {given.get('code', '?')}"
    entry = Entry(name, given, _KEYS)
    rule = entry.take("rule", str)
    if rule not in set(Rule):
        raise RulebookError(f"{name}: “{rule}” is no rule. Use one of: {', '.join(Rule)}")
    kind = entry.take("kind", str)
    if kind not in set(Kind):
        raise RulebookError(f"{name}: “{kind}” is no kind. Use one of: {', '.join(Kind)}")
    last_day = _last_day(entry, given, name)
    by_year_group = rule in {Rule.ENTERS_YEAR, Rule.IN_YEAR}
    begins = entry.take("window_from", dt.date)
    ends = entry.take("window_to", dt.date) if "window_to" in given else last_day
    if not begins <= ends <= last_day:
        raise RulebookError(f"{name}: its window does not lie before its last day")
    return Cohort(
        code=entry.take("code", str),
        title=entry.take("title", str),
        kind=Kind(kind),
        rule=Rule(rule),
        year=0 if rule == Rule.EVERYONE else entry.take("year", int),
        year_group=_year_group(entry, name, "year_group") if by_year_group else 0,
        window_from=begins,
        window_to=ends,
        last_day=last_day,
        source=entry.take("source", str),
        url=entry.take("url", str),
        consider=entry.take("consider", bool, default=False),
        verified=entry.take("verified", bool, default=True),
        note=entry.take("note", str, ""),
    )


def _table(name: str, values: object) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise RulebookError(f"{name}: must be a table, not {values!r}")
    return values


def _last_day(entry: Entry, values: Mapping[str, Any], name: str) -> dt.date:
    if ("before" in values) == ("by" in values):
        raise RulebookError(f"{name}: say either “before” or “by” which day")
    if "by" in values:
        return entry.take("by", dt.date)
    return entry.take("before", dt.date) - _ONE_DAY


def _year_group(entry: Entry, name: str, key: str) -> int:
    value = entry.take(key, int)
    if value not in YEAR_GROUPS:
        raise RulebookError(f"{name}: “{key}” must be from {YEAR_GROUPS[0]} to {YEAR_GROUPS[-1]}")
    return value


def _refuse_wrong_whole(cohorts: tuple[Cohort, ...]) -> None:
    codes = [each.code for each in cohorts]
    for code in codes:
        if codes.count(code) > 1:
            raise RulebookError(f"cohort {code}: there are two of that code")
    for kind in Kind:
        finals = [each for each in cohorts if each.kind == kind and each.rule == Rule.EVERYONE]
        if len(finals) != 1:
            raise RulebookError(f"{FILE.name}: {kind} needs one cohort of everyone else")
        late = [
            each for each in cohorts if each.kind == kind and each.last_day > finals[0].last_day
        ]
        if late:
            raise RulebookError(f"cohort {late[0].code}: ends after that of everyone else")
