"""Duties, facts and limits in the words of a message."""

from collections.abc import Sequence
from typing import Final

from workflows.rulebook.model import Duty, Limit, Rulebook, Trigger, Unit

SHOWN: Final = 3  # names in a message before "and … more"
_UNITS: Final = {
    Unit.DAYS: "day",
    Unit.WEEKS: "week",
    Unit.WORKING_DAYS: "working day",
    Unit.MONTHS: "month",
}


def duties(found: Sequence[Duty]) -> str:
    """Return the titles of duties; of many, the first ones."""
    named = [f"“{duty.title}” ({duty.code})" for duty in found]
    return listed(named)


def listed(named: Sequence[str]) -> str:
    """Return texts one after the other; of many, the first ones."""
    if len(named) > SHOWN:
        return f"{', '.join(named[:SHOWN])} and {len(named) - SHOWN} more"
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def facts(triggers: Sequence[Trigger], rulebook: Rulebook) -> str:
    """Return facts with what to write to record them."""
    return " or ".join(
        f"“{rulebook.facts[each.code].title}” ("
        f"records = {each.code}{':' if each.outcome else ''}{each.outcome})"
        for each in triggers
    )


def limit(given: Limit) -> str:
    """Return how long there is."""
    unit = _UNITS.get(given.unit, "day")
    return f"{given.count} {unit}{'' if given.count == 1 else 's'}"
