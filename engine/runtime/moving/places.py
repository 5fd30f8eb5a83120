"""Where each element of a bundle stands, and of what kind it is: what a token on it needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.definitions import specs, wrapping
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element

WORDS: Final[Mapping[str, str]] = {
    "userTask": "user task",
    "manualTask": "manual task",
    "task": "task",
    "serviceTask": "service task",
    "businessRuleTask": "decision",
    "scriptTask": "script task",
    "sendTask": "send task",
    "receiveTask": "receive task",
    "subProcess": "subprocess",
    "callActivity": "called process",
    "startEvent": "start event",
    "endEvent": "end event",
    "boundaryEvent": "boundary event",
    "intermediateCatchEvent": "catch event",
    "intermediateThrowEvent": "throw event",
    "exclusiveGateway": "exclusive gateway",
    "inclusiveGateway": "inclusive gateway",
    "parallelGateway": "parallel gateway",
    "eventBasedGateway": "event-based gateway",
}


@dataclass(frozen=True, slots=True)
class Place:
    """An element where it stands.

    Attributes:
        kind: In words: what it is, how often it is done, what it waits for.
        scope: The process or subprocess that it is drawn in.
        before: The elements whose flows lead to it.
        after: The elements that its flows lead to.
    """

    element: Element
    kind: str
    scope: str
    before: frozenset[str]
    after: frozenset[str]


def places(bundle: Bundle) -> dict[str, Place]:
    """Return where each element of a bundle stands, by its id."""
    before: dict[str, set[str]] = {}
    for source, targets in bundle.flows.onward.items():
        for target in targets:
            before.setdefault(target, set()).add(source)
    return {
        element_id: Place(
            element=bundle.elements[element_id],
            kind=kind_of(bundle.elements[element_id], spec),
            scope=scope,
            before=frozenset(before.get(element_id, ())),
            after=frozenset(bundle.flows.onward.get(element_id, ())),
        )
        for scope, element_id, spec in _specs(bundle)
    }


def kind_of(element: Element, spec: object) -> str:
    """Return what kind of thing an element is: tokens go only from one to another of one kind."""
    kind = WORDS.get(element.type, element.type)
    if isinstance(spec, specs.ParallelInstances):
        return f"{kind} for each of a list, at once"
    if isinstance(spec, specs.SequentialInstances):
        return f"{kind} for each of a list, one by one"
    if element.type.endswith("Event") and element.timer:
        turn = "every so often" if element.timer[0] == "timeCycle" else "once"
        return f"{kind} with a timer that fires {turn}"
    if element.type.endswith("Event") and element.message:
        return f"{kind} with a message"
    return kind


def _specs(bundle: Bundle) -> Iterator[tuple[str, str, Any]]:
    """Yield scope, element and specification of all elements, as drawn and not as wrapped."""
    for spec in (bundle.spec, *bundle.subprocess_specs.values()):
        scope = spec.name.removesuffix(wrapping.BODY)
        for name, task in spec.task_specs.items():
            if name in bundle.elements:
                yield scope, name, task
