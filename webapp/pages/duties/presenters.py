"""The rulebook in words."""

from collections.abc import Iterable
from typing import Final

from webapp.presentation.dates import long_date
from workflows.access.people import MANAGER, OWNER, ROLE_NAMES, Person
from workflows.queries.duty_list import DutyRow
from workflows.rulebook import load
from workflows.rulebook.model import Duty, Limit, Trigger, Unit

AREAS: Final = {
    "assessment": "Assessment and plan",
    "transfer": "Transfer from statements",
    "plan": "Reviews",
    "review": "Reviews",
    "reassessment": "Re-assessment",
    "move": "Moves to another authority",
    "mediation": "Mediation",
    "appeal": "Appeal",
    "order": "Orders of the Tribunal",
    "unopposed": "Appeals that are not opposed",
    "agreement": "Agreements in mediation",
    "recommendation": "Recommendations of the Tribunal",
    "budget": "Personal budgets",
}
UNITS: Final = {
    Unit.DAYS: "day",
    Unit.WEEKS: "week",
    Unit.WORKING_DAYS: "working day",
    Unit.MONTHS: "month",
}
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def areas(rows: Iterable[DutyRow]) -> list[tuple[str, list[DutyRow]]]:
    """Return the duties under the names of their areas."""
    found: dict[str, list[DutyRow]] = {}
    for row in rows:
        area = row.duty.code.split(".")[0]
        found.setdefault(AREAS.get(area, area.capitalize()), []).append(row)
    return list(found.items())


def limit(duty: Duty) -> str:
    """Return the time limit of a duty in words."""
    words = _limit(duty.limit, fact(duty.anchor))
    if duty.or_later:
        words += f"; or {_limit(duty.or_later.limit, fact(duty.or_later.anchor))}, if that is later"
    if duty.agreed_by:
        words += f"; or by the “{fact(Trigger(duty.agreed_by))}”"
    return words


def _limit(given: Limit, since: str) -> str:
    if given.unit == Unit.DATE:
        day = f"{given.day} {MONTHS[given.month - 1]}"
        if given.year:
            return f"by {day} {given.year}"
        return f"by {day} of the year of “{since}”"
    if not given.count:
        return f"on the day of “{since}”"
    amount = f"{given.count} {UNITS[given.unit]}{'s' if given.count > 1 else ''}"
    if given.before:
        return f"at least {amount} before “{since}”"
    return f"{amount} {'beginning with' if given.inclusive else 'from'} “{since}”"


def fact(trigger: Trigger) -> str:
    """Return a fact in words, with the outcome that it must have."""
    title = load.current().facts[trigger.code].title
    return f"{title} ({trigger.outcome.replace('_', ' ')})" if trigger.outcome else title


def facts(triggers: Iterable[Trigger]) -> str:
    """Return facts in words."""
    return "; ".join(fact(each) for each in triggers)


def actor(duty: Duty) -> str:
    """Return who must act."""
    names = {"adviser": "Each adviser", **ROLE_NAMES}
    return names.get(duty.actor, duty.actor.replace("_", " "))


def grounds(duty: Duty) -> str:
    """Return the lawful exceptions by their titles."""
    return "; ".join(load.current().grounds[each].title for each in duty.grounds)


def in_force(duty: Duty) -> str:
    """Return since and until when it is the law."""
    since = f"from {long_date(duty.in_force_from)}"
    return f"{since} to {long_date(duty.in_force_to)}" if duty.in_force_to else since


def may_open_diagrams(person: Person) -> bool:
    """Tell whether a person may look at the diagrams' pages."""
    return bool(person.roles & {OWNER, MANAGER})
