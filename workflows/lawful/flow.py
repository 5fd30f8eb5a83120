"""The ways through a process, with the processes that it calls drawn into it.

Each activity becomes two places: where it is begun, and where it is done and its facts are recorded.
What may interrupt it (a boundary event, an event subprocess) is reached from where a case can stand.
Source: BPMN 2.0, chapter 13 (execution semantics).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from workflows.lawful import conditions, records
from workflows.lawful.conditions import Node
from workflows.lawful.records import Recorded
from workflows.lawful.steps import Flow, Frame, Step

_MODES: Final = {
    "parallelGateway": "all",
    "inclusiveGateway": "some",
    "complexGateway": "some",
    "exclusiveGateway": "one",
    "eventBasedGateway": "one",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A way on.

    Attributes:
        flow: Id of the sequence flow, "" where none is drawn.
        condition: What must hold, None where nothing must.
        aside: It goes on beside what it leaves, such as a reminder.
    """

    target: int
    flow: str = ""
    condition: Node | None = None
    is_default: bool = False
    aside: bool = False


@dataclass(slots=True)
class Place:
    """A place of the graph.

    Attributes:
        step: The flow node, None for what joins others.
        mode: Which ways on are taken: "one", "all" or "some".
        done: The step is done here: its facts are recorded.
        joins: It waits for all that come in.
        opaque: It calls a process that is not known, which may do anything.
    """

    step: Step | None
    mode: str = "one"
    done: bool = False
    joins: bool = False
    opaque: bool = False
    recorded: tuple[Recorded, ...] = ()
    script: tuple[tuple[str, Node], ...] = ()
    edges: list[Edge] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """A case can stand still here."""
        return self.opaque or (self.step is not None and self.step.waits and not self.done)


@dataclass(frozen=True, slots=True)
class Graph:
    """The ways through a process.

    Attributes:
        process: The process whose ways they are.
        ends: Where a case, or what goes on beside it, is over.
        choices: What each variable can be, by the forms of all processes in it.
        called: Ids of the processes drawn into it, itself among them.
        unknown: Ids of the processes that it calls and that are not known.
    """

    process: Frame
    places: tuple[Place, ...]
    start: int
    ends: frozenset[int]
    choices: Mapping[str, tuple[str, ...]]
    called: frozenset[str]
    unknown: frozenset[str]


def draw(process: Frame, others: Mapping[str, Frame]) -> Graph:
    """Return the ways through a process; `others` are those it may call, by their ids."""
    drawing = _Drawing({**others, process.id: process})
    start, end = drawing.frame(process, _Around(None, (), frozenset({process.id})))
    return Graph(
        process,
        tuple(drawing.places),
        start,
        frozenset({end, *drawing.ends}),
        drawing.choices,
        frozenset(drawing.called) | {process.id},
        frozenset(drawing.unknown),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What a frame stands in.

    Attributes:
        interrupted: Where what interrupts it is reached from.
        catchers: Boundary events that catch errors or escalations, from the outermost.
        chain: Ids of the processes that led here by calls.
    """

    interrupted: int | None
    catchers: tuple[tuple[Step, int], ...]
    chain: frozenset[str]


class _Drawing:
    """Draws frames into one list of places."""

    def __init__(self, processes: Mapping[str, Frame]) -> None:
        self.places: list[Place] = []
        self.ends: set[int] = set()
        self.choices: dict[str, tuple[str, ...]] = {}
        self.called: set[str] = set()
        self.unknown: set[str] = set()
        self._processes = processes

    def frame(self, frame: Frame, around: _Around) -> tuple[int, int]:
        """Draw a frame; return where it begins and where it ends."""
        for name, offered in frame.choices.items():
            self.choices[name] = tuple(dict.fromkeys((*self.choices.get(name, ()), *offered)))
        begin, end, hub = self._place(None), self._place(None), self._place(None)
        if around.interrupted is not None:
            self._join(hub, around.interrupted)
        inside = _Inside(frame, begin, end, hub, around)
        for step in frame.steps.values():
            inside.enter[step.id], inside.leave[step.id] = self._places_of(step, frame)
        self._draw_boundaries(inside)
        for step in frame.steps.values():
            self._draw_step(step, inside)
        for flow in frame.flows:
            self._draw_flow(flow, inside)
        self._draw_ends(inside)
        return begin, end

    def _place(self, step: Step | None, *, done: bool = False) -> int:
        self.places.append(Place(step, done=done))
        return len(self.places) - 1

    def _join(self, source: int, target: int, *, aside: bool = False) -> None:
        self.places[source].edges.append(Edge(target, aside=aside))

    def _places_of(self, step: Step, frame: Frame) -> tuple[int, int]:
        leave = self._place(step, done=True)
        place = self.places[leave]
        place.recorded = records.read(step.properties.get("records", ""))
        place.script = tuple(_assignments(step.script)) if step.tag == "scriptTask" else ()
        outgoing = [flow for flow in frame.flows if flow.source == step.id]
        conditional = any(flow.condition or flow.is_default for flow in outgoing)
        place.mode = _MODES.get(step.tag, "some" if conditional else "all")
        if step.tag.endswith("Gateway"):
            incoming = sum(flow.target == step.id for flow in frame.flows)
            place.joins = step.tag == "parallelGateway" and incoming > 1
            return leave, leave
        return self._place(step), leave

    def _draw_boundaries(self, inside: "_Inside") -> None:
        """Give each activity with boundary events a place from which they are reached."""
        for step in inside.frame.steps.values():
            if step.tag != "boundaryEvent" or step.attached_to not in inside.enter:
                continue
            host, event = step.attached_to, inside.enter[step.id]
            if step.events & {"error", "escalation"}:
                inside.catchers.setdefault(host, []).append((step, event))
            elif step.interrupting:
                hub = inside.hubs.setdefault(host, self._place(None))
                self._join(hub, event)
            else:
                self._join(inside.enter[host], event, aside=True)
        for hub in inside.hubs.values():
            self._join(hub, inside.hub)

    def _draw_step(self, step: Step, inside: "_Inside") -> None:
        enter, leave = inside.enter[step.id], inside.leave[step.id]
        if step.tag == "startEvent" and step.id not in inside.targets:
            self._join(inside.begin, enter)
        if step.id in inside.frame.frames:
            self._draw_frame(step, inside)
        elif step.tag == "callActivity":
            self._draw_call(step, inside)
        elif enter != leave:
            self._join(enter, leave)
        if step.waits:
            self._join(enter, inside.hubs.get(step.id, inside.hub))
        if step.tag in {"endEvent", "intermediateThrowEvent"}:
            self._draw_throw(step, inside)

    def _draw_frame(self, step: Step, inside: "_Inside") -> None:
        child = inside.frame.frames[step.id]
        enter, leave = inside.enter[step.id], inside.leave[step.id]
        if step.triggered_by_event:
            self._draw_handler(child, inside)
            return
        begin, end = self.frame(child, self._around(step, inside, inside.around.chain))
        self._join(enter, begin)
        self._join(end, leave)

    def _draw_handler(self, child: Frame, inside: "_Inside") -> None:
        """Draw an event subprocess: instead of its frame, or beside it."""
        begin, end = self.frame(child, inside.around)
        starts = [step for step in child.steps.values() if step.tag == "startEvent"]
        if any(step.interrupting for step in starts):
            self._join(inside.hub, begin)
            self._join(end, inside.end)
        else:
            self._join(inside.begin, begin, aside=True)
            self.ends.add(end)

    def _draw_call(self, step: Step, inside: "_Inside") -> None:
        enter, leave = inside.enter[step.id], inside.leave[step.id]
        chain = inside.around.chain
        known = self._processes.get(step.called)
        if known is None or step.called in chain:
            self.places[leave].opaque = True
            self.unknown.add(step.called)
            self._join(enter, leave)
            self._join(enter, inside.hubs.get(step.id, inside.hub))
            return
        self.called.add(step.called)
        begin, end = self.frame(known, self._around(step, inside, chain | {step.called}))
        self._join(enter, begin)
        self._join(end, leave)

    @staticmethod
    def _around(step: Step, inside: "_Inside", chain: frozenset[str]) -> _Around:
        catchers = (*inside.around.catchers, *inside.catchers.get(step.id, ()))
        return _Around(inside.hubs.get(step.id, inside.hub), catchers, chain)

    def _draw_throw(self, step: Step, inside: "_Inside") -> None:
        """Lead an error, an escalation or a link to where it is caught."""
        leave = inside.leave[step.id]
        if "link" in step.events:
            for other in inside.frame.steps.values():
                catches = other.tag == "intermediateCatchEvent" and "link" in other.events
                if catches and other.refers_to == step.refers_to:
                    self._join(leave, inside.enter[other.id])
            return
        for kind in step.events & {"error", "escalation"}:
            caught = inside.caught_by(step, kind)
            if caught is not None:
                self._join(leave, caught[1], aside=not caught[0].interrupting)
                inside.thrown |= {step.id} if caught[0].interrupting else set()

    def _draw_flow(self, flow: Flow, inside: "_Inside") -> None:
        condition = conditions.parse(flow.condition) if flow.condition else None
        edge = Edge(inside.enter[flow.target], flow.id, condition, flow.is_default)
        self.places[inside.leave[flow.source]].edges.append(edge)

    def _draw_ends(self, inside: "_Inside") -> None:
        """Let what has no way on end its frame, or itself alone where it goes on beside it."""
        sources = {flow.source for flow in inside.frame.flows}
        aside = inside.aside()
        beside = self._place(None)
        self.ends |= {beside} if aside else set()
        for step in inside.frame.steps.values():
            over = step.id not in sources and step.id not in inside.thrown
            linked = step.tag == "intermediateThrowEvent" and "link" in step.events
            if over and not linked and not step.triggered_by_event:
                target = beside if step.id in aside else inside.end
                self._join(inside.leave[step.id], target)


class _Inside:
    """A frame while it is drawn."""

    def __init__(self, frame: Frame, begin: int, end: int, hub: int, around: _Around) -> None:
        self.frame, self.begin, self.end, self.hub, self.around = frame, begin, end, hub, around
        self.enter: dict[str, int] = {}
        self.leave: dict[str, int] = {}
        self.hubs: dict[str, int] = {}
        self.catchers: dict[str, list[tuple[Step, int]]] = {}
        self.thrown: set[str] = set()
        self.targets = {flow.target for flow in frame.flows}

    def aside(self) -> set[str]:
        """Return the ids of the steps that only events which do not interrupt lead to."""
        steps = self.frame.steps.values()
        beside = [each.id for each in steps if each.attached_to and not each.interrupting]
        others = [each.id for each in steps if each.id not in self.targets | set(beside)]
        return self._following(beside) - self._following(others)

    def _following(self, sources: list[str]) -> set[str]:
        found, waiting = set(sources), list(sources)
        while waiting:
            source = waiting.pop()
            for flow in self.frame.flows:
                if flow.source == source and flow.target not in found:
                    found.add(flow.target)
                    waiting.append(flow.target)
        return found

    def caught_by(self, thrown: Step, kind: str) -> tuple[Step, int] | None:
        """Return the nearest boundary event around that catches it."""
        for event, place in reversed(self.around.catchers):
            if kind in event.events and event.refers_to in {"", thrown.refers_to}:
                return event, place
        return None


def _assignments(script: str) -> list[tuple[str, Node]]:
    found = []
    for line in script.splitlines():
        name, equals, text = line.partition("=")
        if equals:
            found.append((name.strip(), conditions.parse(text)))
    return found
