"""What follows an element without anybody doing anything: read from the diagrams, before it happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from engine.definitions import parser, xml

if TYPE_CHECKING:
    from lxml import etree

    from engine.definitions.elements import Element

_B: Final = f"{{{xml.BPMN}}}"
# Where a token stays until a person, a message or a date moves it.
WAITS: Final = frozenset(
    {"userTask", "manualTask", "task", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"}
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a gateway that chooses; `condition` is its text, "" for the one taken otherwise."""

    target: str
    condition: str


@dataclass(frozen=True, slots=True)
class Flows:
    """The sequence flows of processes that call each other.

    Attributes:
        onward: Element to the elements that its flows lead to.
        entered: Call activity or subprocess to the start event within.
        left: End event to the call activities and subprocesses that it may end.
        ways: Gateway to its ways out, those with a condition first, where one has one.
    """

    onward: Mapping[str, tuple[str, ...]]
    entered: Mapping[str, str]
    left: Mapping[str, tuple[str, ...]]
    ways: Mapping[str, tuple[Way, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """An element that may follow.

    Attributes:
        within: Call activities and subprocesses entered on the way to it.
        outside: Those left, which the first element was in.
    """

    element_id: str
    within: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def flows_of(processes: Iterable[etree._Element]) -> Flows:
    """Return the flows of processes."""
    roots = {each.get("id", ""): each for each in processes}
    onward: dict[str, tuple[str, ...]] = {}
    entered: dict[str, str] = {}
    left: dict[str, tuple[str, ...]] = {}
    ways: dict[str, tuple[Way, ...]] = {}
    for root in roots.values():
        for flow in root.iter(f"{_B}sequenceFlow"):
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            onward[source] = (*onward.get(source, ()), target)
            way = Way(target, flow.findtext(f"{_B}conditionExpression") or "")
            ways[source] = (*ways.get(source, ()), way)
        inner = [(each, each) for each in root.iter(f"{_B}subProcess")]
        called = [
            (each, roots[each.get("calledElement", "")])
            for each in root.iter(f"{_B}callActivity")
            if each.get("calledElement") in roots
        ]
        for outside, inside in (*inner, *called):
            name = outside.get("id", "")
            entered[name] = parser.start_of(inside)
            for end in inside.findall(f"{_B}endEvent"):
                if end.find(f"{_B}errorEventDefinition") is None:
                    left[end.get("id", "")] = (*left.get(end.get("id", ""), ()), name)
    return Flows(onward, entered, left, _choosing(ways))


def _choosing(ways: Mapping[str, tuple[Way, ...]]) -> dict[str, tuple[Way, ...]]:
    return {
        source: tuple(sorted(each, key=lambda way: not way.condition))
        for source, each in ways.items()
        if any(way.condition for way in each)
    }


def following(flows: Flows, elements: Mapping[str, Element], element_id: str) -> tuple[Step, ...]:
    """Return what may follow an element up to where somebody or something is waited for.

    Every way out of a gateway is followed, since conditions are not known yet: what is returned may
    happen, and nothing else can.
    """
    found: dict[Step, None] = {}
    ahead = [Step(each) for each in flows.onward.get(element_id, ())]
    while ahead:
        step = ahead.pop(0)
        element = elements.get(step.element_id)
        if step in found or element is None or element.type in WAITS:
            continue
        found[step] = None
        ahead += _after(flows, step)
    return tuple(found)


def passed(flows: Flows, elements: Mapping[str, Element], start: str, goal: str) -> tuple[str, ...]:
    """Return what lies on every way from an element to another, the first and what is in it included.

    Nothing, where the other lies on every way to the first: that is a way back. Nothing either
    where no way leads there.
    """
    onward: dict[str, set[str]] = {key: set(flows.onward.get(key, ())) for key in elements}
    for element in elements.values():
        if element.attached_to in onward:
            onward[element.attached_to].add(element.id)
    led_to = {each for targets in onward.values() for each in targets}
    beginnings = [key for key in elements if key not in led_to and key != goal]
    if goal not in _reached(onward, [start], "") or start not in _reached(onward, beginnings, goal):
        return ()
    between = [
        each
        for each in _reached(onward, [start], goal)
        if each == start or goal not in _reached(onward, [start], each)
    ]
    inside = [
        each
        for one in between
        if one in flows.entered
        for each in _reached(onward, [flows.entered[one]], "")
    ]
    return tuple(dict.fromkeys((*between, *inside)))


def _reached(onward: Mapping[str, set[str]], starts: Iterable[str], without: str) -> list[str]:
    """Return what is reached from some elements, nearest first, without passing one."""
    found = dict.fromkeys(each for each in starts if each != without)
    queue = list(found)
    for each in queue:
        fresh = [one for one in sorted(onward.get(each, ())) if one not in found and one != without]
        found.update(dict.fromkeys(fresh))
        queue += fresh
    return queue


def _after(flows: Flows, step: Step) -> Iterator[Step]:
    """Yield the next steps: into what is called, out of what ends, or along the flows."""
    start = flows.entered.get(step.element_id)
    if start:
        yield replace(step, element_id=start, within=(*step.within, step.element_id))
        return
    containers = flows.left.get(step.element_id, ())
    if not containers:
        for target in flows.onward.get(step.element_id, ()):
            yield replace(step, element_id=target)
    elif step.within:
        for target in flows.onward.get(step.within[-1], ()):
            yield replace(step, element_id=target, within=step.within[:-1])
    else:
        for container in containers:
            for target in flows.onward.get(container, ()):
                yield Step(target, (), (*step.outside, container))
