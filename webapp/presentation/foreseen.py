"""What a command would do, in words, before it is given."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from engine import changes
from webapp.presentation import dates
from webapp.presentation.timer_words import limit_of
from workflows import changes as domain_changes
from workflows.access.people import ROLE_NAMES
from workflows.queries.instance_page import InstancePage
from workflows.rulebook import load

_CARRIED_OUT: Final = frozenset({"serviceTask", "sendTask", "businessRuleTask", "scriptTask"})
UNCHANGED: Final = "All statutory time limits stay as they are: they follow from the facts alone."
FOLLOW: Final = "Statutory time limits follow from what is recorded; no other date moves."


def in_words(found: Iterable[changes.Change], page: InstancePage) -> list[str]:
    """Return a sentence for each thing that would happen, and one about time limits."""
    listed = list(found)
    said = [text for each in listed for text in _said(each, page)]
    records = any(isinstance(each, domain_changes.FactRecorded) for each in listed)
    return [*dict.fromkeys(said), FOLLOW if records else UNCHANGED]


def _said(change: changes.Change, page: InstancePage) -> Iterator[str]:
    for kind, words in _WORDS.items():
        if isinstance(change, kind):
            text = words(change, page)
            if text:
                yield text


def _task_ends(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    task = next((each for each in page.tasks if each.id == change.task_id), None)
    if task is None:
        return "An open task ends."
    about = f", {task.label}" if task.label else ""
    whose = page.names.get(task.assignee, "")
    return f"The task “{task.name}”{about} ends{f'; {whose} has it now' if whose else ''}."


def _task_opens(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    del page
    about = f", {change.label}" if change.label else ""
    role = ROLE_NAMES.get(change.role, change.role.replace("_", " "))
    return f"The task “{change.name}”{about} opens{f' for {role}' if role else ''}."


def _timer_ends(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    timer = next((each for each in page.timers if each.id == change.timer_id), None)
    if timer is None:
        return ""
    due = f", due {dates.moment(timer.due_at)}," if timer.due_at else ""
    return f"The timer “{_timer(timer)}”{due} is cancelled."


def _timer_set(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    del page
    due = f"for {dates.moment(change.due_at)}" if change.due_at else "without a date yet"
    return f"The timer “{_timer(change)}” is set {due}."


def _timer(named: Any) -> str:  # noqa: ANN401 (a timer, or the change that sets one)
    limit = limit_of(named.duty)
    return f"{named.name}: {limit}" if limit else str(named.name)


def _carried_out(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    del page
    if change.element_type not in _CARRIED_OUT:
        return ""
    return f"“{change.name}” is carried out at once, by the system."


def _recorded(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    del page
    kind = load.current().facts.get(change.code)
    title = kind.title if kind else change.code
    return f"“{title}” is recorded with the date {dates.long_date(change.on)}."


def _ends(change: Any, page: InstancePage) -> str:  # noqa: ANN401
    del page
    return (
        "The process ends here."
        if change.outcome == "cancelled"
        else "The process comes to its end."
    )


_WORDS: Final[Mapping[type[changes.Change], Callable[[Any, InstancePage], str]]] = {
    changes.TaskCancelled: _task_ends,
    changes.TaskOpened: _task_opens,
    changes.TimerCancelled: _timer_ends,
    changes.TimerSet: _timer_set,
    changes.MessageWaitCancelled: lambda *_: "It waits for a message no longer.",
    changes.MessageAwaited: lambda change, _: (
        f"It waits for the message “{change.message.replace('_', ' ')}”."
    ),
    changes.ElementCompleted: _carried_out,
    changes.IncidentResolved: lambda *_: "The failed step is not tried again.",
    changes.InstanceEnded: _ends,
    domain_changes.FactRecorded: _recorded,
}
