"""What the templates of the engine’s timers print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import flask

from engine import errors
from engine.definitions.cache import Bundle, Bundles
from engine.queries import definition_list
from webapp.presentation import dates
from webapp.presentation.timer_words import TimerWords, timer_words
from workflows.queries.engine_timer_list import EngineTimer, TimerFilter

WINDOWS: Final = {
    "": "Any time",
    "overdue": "Overdue",
    "day": "Today or tomorrow",
    "week": "Within 7 days",
    "month": "Within a month",
    "none": "No date yet",
}
KINDS: Final = {"": "Both", "statutory": "Statutory", "working": "Working"}
STATES: Final = {"waiting": "Waiting", "suspended": "Suspended", "failing": "Failing"}
STATUS: Final = {
    "waiting": "waits",
    "suspended": "is suspended with its process",
    "fired": "has fired",
    "cancelled": "was cancelled",
}


class ChangedMeanwhile(errors.Conflict):
    """The timer has changed since you opened this page. Look at it again."""


@dataclass(frozen=True, slots=True)
class Row:
    """A timer in the list, in words."""

    timer: EngineTimer
    words: TimerWords
    process: str
    element: str


def filter_of(arguments: Mapping[str, str]) -> TimerFilter:
    """Return what is asked for; what is not known is left aside."""

    def known(name: str, values: Mapping[str, str], otherwise: str = "") -> str:
        value = arguments.get(name, otherwise)
        return value if value in values else otherwise

    return TimerFilter(
        window=known("window", WINDOWS),
        process=arguments.get("process", "")[:120],
        element=arguments.get("element", "")[:120],
        kind=known("kind", KINDS),
        state=known("state", STATES, "waiting"),
    )


def filters(
    chosen: TimerFilter, processes: Iterable[definition_list.Process], bundles: Bundles
) -> list[dict[str, Any]]:
    """Return the filters with their choices; timers are offered once a process is chosen."""
    processes = list(processes)
    live = next((each for each in processes if each.key == chosen.process), None)
    elements = {"": "All"}
    if live is not None:
        known = bundles.get(live.bundle_id).elements.values()
        timed = sorted((each for each in known if each.timer), key=lambda each: each.line)
        elements |= {each.id: each.name for each in timed}
    named = {"": "All", **{each.key: each.name for each in processes}}
    return [
        _select("window", "Due", WINDOWS, chosen.window),
        _select("process", "Process", named, chosen.process),
        _select("element", "Timer", elements, chosen.element),
        _select("kind", "Statutory or working", KINDS, chosen.kind),
        _select("state", "State", STATES, chosen.state),
    ]


def rows(found: Iterable[EngineTimer], bundles: Bundles) -> list[Row]:
    """Return the rows of the list."""
    listed = []
    for timer in found:
        bundle = bundles.get(timer.bundle_id)
        listed.append(Row(timer, timer_words(timer, bundle), bundle.name, timer.name))
    return listed


def summary(timer: EngineTimer, bundle: Bundle) -> list[dict[str, Any]]:
    """Return the rows of a timer’s summary."""
    words = timer_words(timer, bundle)
    due = dates.moment(timer.due_at) or "No date yet: it waits until its date is known"
    failing = f", failed {timer.failures} times; tried again {dates.moment(timer.retry_at)}"
    found = [
        ("What it will do", f"{words.does}. {words.how}."),
        ("When", due),
        ("Statutory or working", f"Statutory: {words.limit}" if timer.duty else "Working"),
        ("State", STATUS[timer.status].capitalize() + (failing if timer.failures else "")),
        ("Process", f"{bundle.name}, version {timer.version}"),
        ("Set", dates.moment(timer.set_at)),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in found]


def states(timer: EngineTimer) -> dict[str, str]:
    """Return the signs on the diagram: the timer."""
    return {timer.element_id: "now"}


def cannot(timer: EngineTimer) -> str:
    """Return why nothing can be done about a timer, "" where something can."""
    if timer.status == "waiting":
        return ""
    if timer.status == "suspended":
        return "The process is suspended, and its timers with it. Resume the process first."
    return f"This timer {STATUS[timer.status]}. Nothing can be done about it any more."


def seen(timer: EngineTimer) -> str:
    """Return what a form remembers of a timer, to tell whether it has changed."""
    return f"{timer.status} {timer.due_at.isoformat() if timer.due_at else ''}"


def refuse_changed(timer: EngineTimer, remembered: str) -> None:
    """Refuse what was decided on an older look.

    Raises:
        ChangedMeanwhile: the timer is not as it was shown.
    """
    if remembered != seen(timer):
        now = f"It {STATUS[timer.status]}"
        due = f", due {dates.moment(timer.due_at)}" if timer.due_at else ""
        raise ChangedMeanwhile(
            f"The timer has changed since you opened this page. {now}{due}. Look at it again."
        )


def next_link(cursor: str | None) -> str:
    """Return the address of the next page, "" at the end."""
    kept = {key: value for key, value in flask.request.args.items() if key != "cursor" and value}
    return f"?{urlencode({**kept, 'cursor': cursor})}" if cursor else ""


def _select(name: str, label: str, options: Mapping[str, str], value: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "label": {"text": label},
        "value": value,
        "items": [{"value": key, "text": text} for key, text in options.items()],
    }
