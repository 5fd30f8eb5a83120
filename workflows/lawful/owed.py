"""The duties of a diagram: where its ways open one, and by which way to an end it is still owed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.checks.diagram import Diagram
from workflows.lawful import flow, steps, ways
from workflows.lawful.conditions import Known, Value
from workflows.lawful.flow import Graph
from workflows.lawful.steps import Frame, Step
from workflows.lawful.ways import Way
from workflows.rulebook import load
from workflows.rulebook.model import Duty, Rulebook, Trigger


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a duty is opened, and what is known of variables there."""

    place: int
    known: Known


@dataclass(frozen=True)
class Ways:
    """The ways of one process, and what they do about the duties."""

    graph: Graph
    rulebook: Rulebook = field(default_factory=load.current)

    @cached_property
    def reached(self) -> Mapping[int, tuple[int, str] | None]:
        """Every place that a case can reach, with whence."""
        return ways.reached(self.graph, [self.graph.start])

    @property
    def key(self) -> str:
        """Id of the process."""
        return self.graph.process.id

    @property
    def name(self) -> str:
        """Name of the process."""
        return self.graph.process.name or self.key

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The duties that are tied to the process, each in its newest version."""
        tied = [
            duty.code
            for duty in self.rulebook.duties
            if self.key in {*duty.processes, *duty.opened_in, *duty.met_in}
        ]
        return tuple(self.rulebook.newest(code) for code in dict.fromkeys(tied))

    def places_with(self, *triggers: Trigger) -> Iterator[int]:
        """Yield the places that can be reached and may record one of these facts."""
        for number in sorted(self.reached):
            place = self.graph.places[number]
            if any(
                each.when(trigger, {}, self.graph.choices)
                for each in place.recorded
                for trigger in triggers
            ):
                yield number

    def openings(self, duty: Duty) -> list[Opening]:
        """Return where a duty is opened, once for each way in which it can be."""
        return [
            Opening(place, known)
            for place in self.places_with(*duty.opens_on)
            for known in self._known_at(place, duty)
        ]

    def stops(self, duty: Duty) -> ways.Stops:
        """Return what tells whether a place meets a duty or takes it away, or may do so."""
        closing = (*duty.met_by, *duty.void_by)

        def stop(number: int, known: Known) -> bool:
            place = self.graph.places[number]
            return place.opaque or any(
                each.may_be(trigger, known) for each in place.recorded for trigger in closing
            )

        return stop

    def ways_left_owed(self, duty: Duty) -> Iterator[tuple[int, Way]]:
        """Yield where a duty becomes owed with a way from the start by which it stays so to an end.

        A duty is owed from where it is open and its limit runs: a limit without its first day binds
        nobody yet.
        """
        stop = self.stops(duty)
        for opening in self.owed_from(duty):
            if stop(opening.place, opening.known):
                continue
            rest = ways.clear_way(self.graph, opening.place, opening.known, stop)
            if rest is not None:
                yield opening.place, ways.way_to(opening.place, self.reached) + rest

    def owed_from(self, duty: Duty) -> list[Opening]:
        """Return where a duty becomes owed: it is open and its limit runs."""
        if self.key in duty.opened_in:
            return list(self._running(duty))
        if any(trigger.outcome for trigger in duty.opens_on):
            return []  # the process that begins this one knows which outcome it was
        return [] if self.openings(duty) else [Opening(self.graph.start, {})]

    def _running(self, duty: Duty) -> Iterator[Opening]:
        anchors = set(self.places_with(duty.anchor))
        begun = set(ways.reached(self.graph, anchors))
        for opening in self.openings(duty):
            if opening.place in begun:
                yield opening
                continue
            later = ways.reached(self.graph, [opening.place], stops=self.stops(duty))
            yield from (Opening(each, {}) for each in sorted(anchors & set(later)))

    def _known_at(self, number: int, duty: Duty) -> list[dict[str, Value]]:
        found: list[dict[str, Value]] = []
        for each in self.graph.places[number].recorded:
            for trigger in duty.opens_on:
                for known in each.when(trigger, {}, self.graph.choices):
                    if known not in found:
                        found.append(known)
        return found


@dataclass(frozen=True)
class Studied:
    """A file as the law sees it.

    Attributes:
        own: Its processes by their ids.
        known: Every process that is known, its own among them.
        ways: Those of its processes and of all that call them, where a duty is tied to them.
    """

    own: Mapping[str, Frame]
    known: Mapping[str, Frame]
    ways: tuple[Ways, ...]

    def step(self, element: str) -> Step | None:
        """Return a step of the file itself."""
        for frame in self.own.values():
            for step in frame.every_step():
                if step.id == element:
                    return step
        return None

    def place_of(self, *elements: str) -> tuple[str, int]:
        """Return the first of some elements that is in the file with its line; else its process."""
        for element in elements:
            step = self.step(element)
            if step is not None:
                return element, step.line
        frame = next(iter(self.own.values()))
        return frame.id, frame.line


def study(diagram: Diagram, rulebook: Rulebook | None = None) -> Studied:
    """Return what the law sees of a file, with the other files that are live."""
    law = rulebook or load.current()
    own = {frame.id: frame for frame in steps.processes(diagram.root)}
    known = {
        frame.id: frame
        for key, root in diagram.others.items()
        if key not in own
        for frame in steps.processes(root)
    } | own
    drawn = (flow.draw(known[key], known) for key in _roots(own, known))
    found = (Ways(graph, law) for graph in drawn)
    return Studied(own, known, tuple(each for each in found if each.duties))


def _roots(own: Mapping[str, Frame], known: Mapping[str, Frame]) -> list[str]:
    """Return the file's processes, then those that call them, directly or by others."""
    calls = {
        key: {step.called for step in frame.every_step() if step.called}
        for key, frame in known.items()
    }
    found = list(own)
    for key in found:  # grows while it is walked
        found += [each for each in known if key in calls[each] and each not in found]
    return found
