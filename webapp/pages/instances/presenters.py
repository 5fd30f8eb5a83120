"""What the templates of a process print."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine import errors
from engine.definitions.cache import Bundle
from engine.queries.history import Entry
from webapp.presentation import dates
from webapp.presentation.timer_words import TimerWords, timer_words
from workflows.queries.engine_timer_list import EngineTimer
from workflows.queries.instance_page import InstancePage, reason_of_suspension
from workflows.queries.progress import Step, processes_of, progress
from workflows.queries.timeline import WORDS

STATUS: Final[Mapping[str, tuple[str, str]]] = {
    "active": ("Running", "govuk-tag--blue"),
    "suspended": ("Suspended", "govuk-tag--yellow"),
    "completed": ("Completed", "govuk-tag--green"),
    "cancelled": ("Cancelled", "govuk-tag--grey"),
}
_MORE: Final[Mapping[str, str]] = {
    "InstanceStarted": "Process started",
    "TaskOpened": "Task opened",
    "TaskClaimed": "Task taken",
    "TaskReleased": "Task given back",
    "TaskCancelled": "Task no longer needed",
    "TimerSet": "Timer set",
    "TimerFired": "Timer fired",
    "TimerCancelled": "Timer no longer needed",
    "MessageAwaited": "Waits for a message",
    "MessageDelivered": "Message arrived",
    "MessageWaitCancelled": "Waits for a message no longer",
    "MessageSent": "Message sent",
}
SHOWN: Final = 20  # events


class ChangedMeanwhile(errors.Conflict):
    """The process has gone on since you opened this page. Look at it again."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A diagram with its states, and the same as a list of steps."""

    name: str
    key: str
    id: str
    states: Mapping[str, str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the process."""

    at: str
    who: str
    title: str
    detail: str


def summary(page: InstancePage, bundle: Bundle) -> list[dict[str, Any]]:
    """Return the rows of the process’s summary."""
    found = page.instance
    why = reason_of_suspension(page.happened) if found.status == "suspended" else found.reason
    active = [bundle.elements[each].name for each in found.active if each in bundle.elements]
    rows = [
        ("Status", STATUS[found.status][0] + (f": {why}" if why else "")),
        ("Where it is", ", ".join(active) if found.status in {"active", "suspended"} else ""),
        ("Version", f"{found.version} of {bundle.name}"),
        ("Started", dates.moment(found.started_at)),
        ("Ended", dates.moment(found.ended_at)),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]


def drawn(page: InstancePage, bundle: Bundle) -> list[Drawn]:
    """Return each diagram that the process has reached, with where it is."""
    failed = {each.element_id for each in page.incidents}
    listed = []
    for key in processes_of(page.instance, bundle):
        found = progress(page.instance, bundle, key)
        states = {
            name: "incident" if name in failed else state for name, state in found.states.items()
        }
        listed.append(Drawn(bundle.names[key], key, f"diagram-{key}", states, found.steps))
    return listed


def timers(page: InstancePage, bundle: Bundle) -> list[tuple[EngineTimer, TimerWords]]:
    """Return the timers in words."""
    return [(each, timer_words(each, bundle)) for each in page.timers]


def happened(page: InstancePage, bundle: Bundle) -> list[Happened]:
    """Return the last events, the newest first."""
    return list(itertools.islice(_events(page, bundle), SHOWN))


def refuse_changed(page: InstancePage, remembered: str) -> None:
    """Refuse what was decided on an older look.

    Raises:
        ChangedMeanwhile: the process has gone on.
    """
    if remembered != str(last_event(page)):
        raise ChangedMeanwhile


def last_event(page: InstancePage) -> int:
    """Return the number of the last event: what a form remembers, to tell what has changed."""
    return page.happened[0].seq if page.happened else 0


def _events(page: InstancePage, bundle: Bundle) -> Iterator[Happened]:
    for entry in page.happened:
        if entry.kind not in WORDS and entry.kind not in _MORE:
            continue
        title, detail = _in_words(entry, bundle)
        who = page.names.get(entry.actor_id, "Someone")
        yield Happened(dates.moment(entry.at), who, title, detail)


def _in_words(entry: Entry, bundle: Bundle) -> tuple[str, str]:
    if entry.kind in WORDS:
        return WORDS[entry.kind](entry.body)
    element = bundle.elements.get(entry.element_id)
    name = str(entry.body.get("name") or (element.name if element else ""))
    return _MORE[entry.kind], name
