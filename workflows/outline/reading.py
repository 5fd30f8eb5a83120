"""Read a diagram in the order in which one would tell it: from the start, branch by branch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from engine import errors
from engine.definitions.elements import tag_of
from workflows.outline import wording
from workflows.outline.drawing import CONTAINERS, B, Drawing
from workflows.outline.model import Branch, Outline, Part, Step

STEPS_LIMIT: Final = 2_000
_DEPTH_LIMIT: Final = 25  # lists within lists; what is deeper is told after the rest


class TooManySteps(errors.Invalid):
    """The outline shows at most 2,000 steps. Split the process into processes that it calls."""


def read(drawing: Drawing, titles: wording.Titles | None = None) -> Outline:
    """Return the outline of a diagram; every flow node is in it once.

    Args:
        drawing: Any BPMN document: with several pools, without a start, with loops.
        titles: The names of duties, facts and services, for what is said of the steps.

    Raises:
        TooManySteps: it cannot be read in reasonable time.
    """
    if len(drawing.nodes) > STEPS_LIMIT:
        raise TooManySteps
    known = titles or wording.Titles()
    processes = list(drawing.root.iter(f"{B}process"))
    parts, numbers = [], {}
    for process in processes:
        walk = _Walk(drawing, known)
        parts.append(walk.part(process))
        numbers.update(walk.numbers)
    shown = {
        (each.get("processRef") or "").rpartition(":")[2]
        for each in drawing.root.iter(f"{B}participant")
    }
    shown &= {each.get("id") or "" for each in processes}
    parts += [
        Part(each.get("id") or "", each.get("name") or "", (), (), (), ())
        for each in drawing.root.iter(f"{B}participant")
        if (each.get("processRef") or "").rpartition(":")[2] not in shown
    ]
    return Outline(tuple(parts), numbers)


@dataclass
class _Walk:
    drawing: Drawing
    titles: wording.Titles
    numbers: dict[str, int] = field(default_factory=dict)
    postponed: list[str] = field(default_factory=list)
    onward: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def part(self, process: etree._Element) -> Part:
        for flow in self.drawing.flows.values():
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            if source in self.drawing.nodes and target in self.drawing.nodes:
                self.onward[source] = (*self.onward.get(source, ()), target)
        steps, apart = self._scope(process, 0)
        process_id = process.get("id") or ""
        pool = self.drawing.participant_of(process_id)
        pool_name = "" if pool is None else pool.get("name") or ""
        at_any_time = tuple(
            self._step(each, 0)
            for each in self.drawing.inside(process)
            if each.get("triggeredByEvent") == "true"
        )
        return Part(
            process_id,
            " ".join((pool_name or process.get("name") or process_id).split()),
            tuple(each.get("name") or "" for each in self.drawing.lanes(process)),
            steps,
            at_any_time,
            apart,
        )

    def _scope(
        self, container: etree._Element, depth: int
    ) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """Return the steps of a process or subprocess from its starts, and those apart from them."""
        nodes = [
            each
            for each in self.drawing.inside(container)
            if each.get("triggeredByEvent") != "true" and not each.get("attachedToRef")
        ]
        entered = {flow.get("targetRef") for flow in self.drawing.flows.values()}
        starts = [each for each in nodes if tag_of(each) == "startEvent"]
        steps: list[Step] = []
        for each in (
            starts or [each for each in nodes if each.get("id") not in entered][:1] or nodes[:1]
        ):
            steps += self._run(each.get("id"), frozenset(), depth)
        steps += self._postponed(depth)
        apart: list[Step] = []
        for each in (*(one for one in nodes if one.get("id") not in entered), *nodes):
            apart += self._run(each.get("id"), frozenset(), depth)
            apart += self._postponed(depth)
        orphans = [
            each
            for each in self.drawing.inside(container)
            if each.get("attachedToRef") and each.get("id") not in self.numbers
        ]
        apart += [self._step(each, depth) for each in orphans]
        return tuple(steps), tuple(apart)

    def _postponed(self, depth: int) -> list[Step]:
        steps: list[Step] = []
        while self.postponed:
            steps += self._run(self.postponed.pop(0), frozenset(), depth)
        return steps

    def _run(self, begin: str, stops: Collection[str], depth: int) -> list[Step]:
        """Return the steps from one on, until the way ends, splits for good, or meets a stop."""
        steps: list[Step] = []
        current = begin
        while current and current not in stops and current not in self.numbers:
            node = self.drawing.nodes[current]
            main = self._main(current, stops)
            steps.append(self._step(node, depth, main, stops))
            current = main
        return steps

    def _main(self, element_id: str, stops: Collection[str]) -> str:
        """Return the step that follows in the same list: where branches meet, or the longest of them."""
        ways = list(dict.fromkeys(self.onward.get(element_id, ())))
        if len(ways) < 2:  # noqa: PLR2004 (one way on is no choice)
            return ways[0] if ways else ""
        reached = [self._reach(each, {element_id}) for each in ways]
        meeting = [each for each in reached[0] if all(each in other for other in reached[1:])]
        if meeting:
            return meeting[0]
        sizes = [
            len([each for each in found if each not in self.numbers and each not in stops])
            for found in reached
        ]
        return ways[sizes.index(max(sizes))]

    def _reach(self, begin: str, without: Collection[str]) -> dict[str, None]:
        """Return what can be reached, nearest first, not going through what was told already."""
        found: dict[str, None] = {}
        ahead = [begin]
        while ahead:
            following: list[str] = []
            for each in ahead:
                if each in found or each in without or each in self.numbers:
                    continue
                found[each] = None
                following += self.onward.get(each, ())
                following += [
                    target
                    for event in self.drawing.boundary_events(each)
                    for target in self.onward.get(event.get("id") or "", ())
                ]
            ahead = following
        return found

    def _step(
        self, node: etree._Element, depth: int, main: str = "", stops: Collection[str] = ()
    ) -> Step:
        element_id, tag = node.get("id"), tag_of(node)
        self.numbers[element_id] = len(self.numbers) + 1
        number = self.numbers[element_id]
        within, loose = self._within(node, depth)
        rest = set(stops) | ({main, *self._reach(main, ())} if main else set())
        events = tuple(
            self._event(each, rest, depth) for each in self.drawing.boundary_events(element_id)
        )
        ways = self.drawing.outgoing(element_id)
        branches = self._branches(node, ways, rest, depth) if len(ways) > 1 else ()
        onward = tuple(flow.get("targetRef", "") for flow in ways if not branches)
        return Step(
            id=element_id,
            tag=tag,
            number=number,
            kind=wording.kind_of(node),
            name=wording.name_of(node),
            details=wording.details(self.drawing, node, self.titles),
            branches=branches,
            events=events,
            within=(*within, *loose),
            onward=onward,
            is_end=tag == "endEvent",
        )

    def _within(
        self, node: etree._Element, depth: int
    ) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        if tag_of(node) not in CONTAINERS:
            return (), ()
        steps, apart = self._scope(node, depth + 1)
        inner = tuple(
            self._step(each, depth + 1)
            for each in self.drawing.inside(node)
            if each.get("triggeredByEvent") == "true"
        )
        return steps, (*apart, *inner)

    def _event(self, event: etree._Element, stops: Collection[str], depth: int) -> Step:
        step = self._step(event, depth)
        if len(step.onward) != 1:
            return step
        after = self._nested(step.onward[0], stops, depth)
        return replace(step, after=tuple(after))

    def _branches(
        self,
        node: etree._Element,
        ways: Sequence[etree._Element],
        stops: Collection[str],
        depth: int,
    ) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                flow.get("id", ""),
                wording.branch(self.drawing, node, flow),
                tuple(self._nested(flow.get("targetRef", ""), stops, depth)),
                flow.get("targetRef", ""),
            )
            for flow in ways
            if flow.get("targetRef") in self.drawing.nodes
        )

    def _nested(self, begin: str, stops: Collection[str], depth: int) -> list[Step]:
        if begin not in self.drawing.nodes or begin in stops:
            return []
        if depth >= _DEPTH_LIMIT:
            self.postponed.append(begin)
            return []
        return self._run(begin, frozenset(stops), depth + 1)


def onward_text(
    step: Step, numbers: Mapping[str, int], following: str
) -> Iterator[tuple[str, str]]:
    """Yield how a step goes on where the next one does not stand below it: words and the step's id.

    Args:
        step: The step.
        numbers: The outline's.
        following: Id of the step that stands below it in the same list, "" for none.
    """
    for target in step.onward:
        if target != following and target in numbers:
            yield wording.jump(step.number, numbers[target]), target
