"""What a timer will do, in words: read from the diagram that its process runs on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from workflows.queries.engine_timer_list import EngineTimer
from workflows.rulebook import load
from workflows.rulebook.model import UnknownDuty

_THROUGH: Final = frozenset(
    {
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "startEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
_BY_TOPIC: Final = {"remind": "Reminder", "chase": "Chaser", "escalate": "Escalation"}
_DOES: Final = {"serviceTask": "Carries out", "sendTask": "Carries out", "userTask": "Opens"}
CANNOT: Final = (
    "This timer follows a statutory time limit, so nobody can move, fire or cancel it. It moves by "
    "itself when a date of the case is corrected. A lawful exception lifts the duty to keep the "
    "limit, and sets no new date."
)


@dataclass(frozen=True, slots=True)
class TimerWords:
    """A timer in words.

    Attributes:
        kind: Reminder, chaser, escalation, limit or wait.
        does: What happens when it fires.
        how: Once or again and again, and what it ends.
        limit: Title of the time limit that it follows, "" where there is none.
    """

    kind: str
    does: str
    how: str
    limit: str = ""


def timer_words(timer: EngineTimer, bundle: Bundle) -> TimerWords:
    """Return what a timer will do when it fires."""
    element = bundle.elements.get(timer.element_id)
    if element is None:
        return TimerWords("Timer", timer.name, "", limit_of(timer.duty))
    follows = list(_follows(bundle, element))
    topics = [_BY_TOPIC[each.topic] for each in follows if each.topic in _BY_TOPIC]
    return TimerWords(
        _kind(timer, element, topics),
        "; ".join(_does(each) for each in follows) or f"Goes on from “{timer.name}”",
        _how(timer, element, bundle),
        limit_of(timer.duty),
    )


def limit_of(duty: str) -> str:
    """Return the title of the time limit of a duty, "" where there is none."""
    try:
        return load.current().newest(duty).title if duty else ""
    except UnknownDuty:
        return duty


def _kind(timer: EngineTimer, element: Element, topics: list[str]) -> str:
    if element.type == "intermediateCatchEvent":
        return "Wait"
    if topics:
        return topics[0]
    return "Limit" if timer.interrupting else "Timer"


def _does(element: Element) -> str:
    if element.type == "endEvent":
        return f"Ends at “{element.name}”"
    return f"{_DOES.get(element.type, 'Begins')} “{element.name}”"


def _how(timer: EngineTimer, element: Element, bundle: Bundle) -> str:
    repeats = element.timer is not None and element.timer[0] == "timeCycle"
    often = "again and again" if repeats else "once"
    if element.type == "intermediateCatchEvent":
        return "Once: the process waits for it"
    beside = bundle.elements.get(timer.attached_to)
    if beside is None:
        where = "the whole process" if timer.interrupting else "the process"
    else:
        where = f"“{beside.name}”"
    if timer.interrupting:
        return f"Fires {often} and ends {where}"
    return f"Fires {often}; {where} goes on"


def _follows(bundle: Bundle, element: Element) -> Iterator[Element]:
    """Yield the first steps that a token comes to behind an element."""
    queue, seen = list(bundle.flows.onward.get(element.id, ())), {element.id}
    for each in queue:
        step = bundle.elements.get(each)
        if step is None or each in seen:
            continue
        seen.add(each)
        if step.type in _THROUGH:
            queue.extend(bundle.flows.onward.get(each, ()))
        else:
            yield step
