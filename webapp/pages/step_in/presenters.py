"""What the pages about stepping in print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from werkzeug.datastructures import MultiDict

from webapp.presentation import absences, charts, dates
from webapp.presentation.exports import Cell
from workflows.access.people import FAMILY, ROLE_NAMES
from workflows.batches.operation import WORDING, Operation
from workflows.queries.batch_items import Item
from workflows.queries.load import Load
from workflows.queries.steppable_tasks import ABSENT, NOBODY, Choice, Due

STATUS: Final[Mapping[str, tuple[str, str]]] = {
    "planned": ("Planned", "govuk-tag--grey"),
    "running": ("Under way", "govuk-tag--blue"),
    "stopped": ("Stopped", "govuk-tag--yellow"),
    "undoing": ("Being undone", "govuk-tag--blue"),
    "done": ("Finished", "govuk-tag--green"),
}
FATES: Final[Mapping[str, tuple[str, str]]] = {
    "waiting": ("Waits", "govuk-tag--grey"),
    "done": ("Done", "govuk-tag--green"),
    "unchanged": ("Was so already", "govuk-tag--grey"),
    "refused": ("Refused", "govuk-tag--red"),
    "failed": ("Failed", "govuk-tag--red"),
    "undone": ("Undone", "govuk-tag--yellow"),
    "kept": ("Could not be undone", "govuk-tag--red"),
}
EFFECTS: Final[Mapping[str, str]] = {
    "changes": "govuk-tag--blue",
    "unchanged": "govuk-tag--grey",
    "refused": "govuk-tag--red",
}
# What is chosen from a list of tasks: done to them, their cases or their processes.
OF_TASKS: Final = (
    Operation.REASSIGN,
    Operation.RELEASE,
    Operation.ESCALATE,
    Operation.SUSPEND,
    Operation.RESUME,
    Operation.CANCEL,
)
FILTERS: Final = ("person", "team", "role", "process", "area", "due")
HEADER: Final = ("What", "Case", "From", "To", "Outcome", "Why", "When")
SERIES: Final = ("Overdue", "Due this week", "Due later")
IN_CHART: Final = 15
_MOST_IDS: Final = 200


def choice_of(arguments: MultiDict[str, str]) -> Choice:
    """Return which tasks an address asks for; what is no identifier of a task is left out."""
    ids = [found for text in arguments.getlist("task")[:_MOST_IDS] if (found := uuid_of(text))]
    return Choice(**{name: arguments.get(name, "") for name in FILTERS}, ids=tuple(ids))


def uuid_of(text: str) -> UUID | None:
    """Return the identifier that a text has, None for another text."""
    try:
        return UUID(text)
    except ValueError:
        return None


def filters(
    choice: Choice,
    *,
    people: Iterable[tuple[str, str]],
    teams: Iterable[tuple[str, str]],
    processes: Mapping[str, str],
    areas: Iterable[tuple[str, str]],
) -> dict[str, list[dict[str, Any]]]:
    """Return the choices of the filter panel."""
    roles = [(code, name) for code, name in ROLE_NAMES.items() if code != FAMILY]
    dues = [(Due.OVERDUE, "Overdue"), (Due.WEEK, "Within a week"), (Due.LATER, "Later")]
    persons = [(each, absences.named(each, name)) for each, name in people]
    special = [("", "Anybody"), (NOBODY, "Nobody yet"), (ABSENT, "Anybody who is away")]
    return {
        "person": _items([*special, *persons], choice.person),
        "team": _items([("", "All teams"), *teams], choice.team),
        "role": _items([("", "All roles"), *roles], choice.role),
        "process": _items([("", "All processes"), *processes.items()], choice.process),
        "area": _items([("", "All areas"), *areas], choice.area),
        "due": _items([("", "At any time"), *dues], choice.due),
    }


def query_of(choice: Choice) -> str:
    """Return a choice as the end of an address."""
    named = [(name, value) for name in FILTERS if (value := getattr(choice, name))]
    return urlencode([*named, *(("task", str(each)) for each in choice.ids)])


def operations(chosen: str) -> list[dict[str, Any]]:
    """Return what can be done to tasks, as the items of radios."""
    hints = {
        Operation.ESCALATE: "Managers read of it in their next email",
        Operation.SUSPEND: "No task of the process completes and no timer fires; time limits run on",
        Operation.CANCEL: "All tasks of the process close. This cannot be undone",
    }
    return [
        {
            "value": each.value,
            "text": WORDING[each].title,
            "checked": chosen == each,
            "hint": {"text": hints[each]} if each in hints else None,
        }
        for each in OF_TASKS
    ]


def chart(loads: Sequence[Load]) -> charts.Stacked:
    """Return the heaviest loads as stacked bars."""
    rows = [
        (each.name, (each.overdue, each.due_this_week, each.later))
        for each in loads[:IN_CHART]
        if each.open
    ]
    return charts.stacked(rows)


def report(items: Iterable[Item]) -> Iterator[Sequence[Cell]]:
    """Yield the rows of a report."""
    for each in items:
        yield (
            each.what,
            each.reference,
            each.before,
            each.after,
            FATES[each.status][0],
            each.reason,
            dates.moment(each.at),
        )


def _items(options: Iterable[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": str(value), "text": text, "selected": str(value) == chosen}
        for value, text in options
    ]
