"""The forms and words of retention."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from engine import errors
from workflows.commands.add_retention_rule import AddRetentionRule
from workflows.store import retention
from workflows.store.retention import Rule

KINDS: Final = retention.KINDS
EVENTS: Final = retention.EVENTS
KIND_ITEMS: Final = [
    {"value": "", "text": "Choose one"},
    *({"value": code, "text": title} for code, title in KINDS.items()),
]
EVENT_ITEMS: Final = [
    {"value": code, "text": f"{title[:1].upper()}{title[1:]}"} for code, title in EVENTS.items()
]


def rule(given: Mapping[str, str]) -> AddRetentionRule:
    """Return the command of a form that was posted.

    Raises:
        errors.Invalid: a date is none.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    days = {name: _day(given, name, wrong) for name in ("starts_on", "ends_on")}
    if wrong:
        raise errors.Invalid("The rule cannot be added like this.", errors=wrong)
    years = given.get("years", "").strip()
    return AddRetentionRule(
        given.get("kind", ""),
        given.get("event", ""),
        int(years) if years.isdecimal() and len(years) <= 3 else None,  # noqa: PLR2004
        given.get("source", ""),
        days["starts_on"],
        days["ends_on"],
    )


def sentence(found: Rule) -> str:
    """Return a rule in words."""
    kind = KINDS.get(found.kind, found.kind)
    years = "1 year" if found.years == 1 else f"{found.years} years"
    return f"{kind}: {years} after {EVENTS[found.event]}"


def _day(given: Mapping[str, str], name: str, wrong: dict[str, tuple[str, ...]]) -> dt.date | None:
    parts = [given.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        return dt.date(*(int(each) for each in parts))
    except ValueError:
        wrong[name] = ("Enter a real date, like 23 11 2026",)
        return None
