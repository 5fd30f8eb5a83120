"""Which parts of a scope run on their own: the main flow, and branches that run beside it.

A boundary event that does not interrupt begins a branch whenever it fires. Where that branch shares no
step with the flow it was begun from, it is looked at by itself: how often it fires and what the flow does
meanwhile makes no difference to either. Where it leads back, the two are looked at together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypeVar

from engine.checks.soundness import throwing
from engine.checks.soundness.model import Flow, Kind, Node, Scope

K = TypeVar("K", str, int)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a scope that is explored by itself.

    Attributes:
        starts: Keys of the nodes by which it begins.
        together: Whether all of them begin at once, rather than one.
        nodes: Keys of all nodes that flows lead to from there.
        beside: Keys of the boundary events that do not interrupt, and whose branch is part of it.
    """

    starts: tuple[str, ...]
    together: bool
    nodes: frozenset[str]
    beside: frozenset[str]


class Map:
    """The flows of a scope, to be asked in both directions."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._known_ways: dict[tuple[str, ...], Mapping[str, str | None]] = {}
        self.nodes = {node.key: node for node in scope.nodes}
        self.out: dict[str, list[Flow]] = {key: [] for key in self.nodes}
        self.into: dict[str, list[Flow]] = {key: [] for key in self.nodes}
        for flow in scope.flows:
            self.out[flow.source].append(flow)
            self.into[flow.target].append(flow)
        self.ranks = {key: rank for rank, key in enumerate(self.nodes)}
        self.boundaries = throwing.boundaries_of(scope.nodes)

    def interrupting(self, key: str) -> list[Node]:
        """Return the boundary events that may end this activity."""
        return [node for node in self._alive(key) if node.interrupting]

    def beside(self, key: str) -> list[Node]:
        """Return the boundary events that may begin a branch beside this activity."""
        return [node for node in self._alive(key) if not node.interrupting]

    def after(self, key: str, beside: Iterable[str] = ()) -> Iterator[str]:
        """Yield what a token may get to from a node, branches of these boundary events included."""
        yield from (flow.target for flow in self.out[key])
        yield from (node.key for node in self.interrupting(key))
        yield from (node.key for node in self.beside(key) if node.key in beside)

    def around(self, key: str) -> Iterator[str]:
        """Yield what follows a node in the drawing, whether or not a token gets there."""
        yield from (flow.target for flow in self.out.get(key, ()))
        yield from (node.key for node in self.boundaries.get(key, ()))

    def before(self, key: str) -> Iterator[str]:
        """Yield what a node follows in the drawing."""
        yield from (flow.source for flow in self.into[key])
        if self.nodes[key].attached in self.nodes:
            yield self.nodes[key].attached

    def route(self, starts: Iterable[str], goal: str) -> tuple[str, ...]:
        """Return the ids of nodes and flows on the shortest way to a node, itself left out."""
        steps = way(self._ways(tuple(starts)), goal)
        found: list[str] = []
        for step, following in pairwise(steps):
            flows = [flow.id for flow in self.out[step] if flow.target == following]
            found += (self.nodes[step].id, *flows[:1])
        return tuple(name for name in found if name)

    def _ways(self, starts: tuple[str, ...]) -> Mapping[str, str | None]:
        if starts not in self._known_ways:
            self._known_ways[starts] = reach(starts, self.around)
        return self._known_ways[starts]

    def _alive(self, key: str) -> Iterator[Node]:
        activity = self.nodes[key]
        for node in self.boundaries.get(key, ()):
            if node.kind is not Kind.BOUNDARY or node.trigger == "compensate":
                continue
            must_be_thrown = activity.encloses and node.trigger in {"error", "escalation"}
            if not must_be_thrown or any(node.catches(each) for each in activity.thrown):
                yield node


def reach(starts: Iterable[K], after: Callable[[K], Iterable[K]]) -> dict[K, K | None]:
    """Return all that can be got to from some nodes, nearest first, each with the one before it."""
    before: dict[K, K | None] = dict.fromkeys(starts)
    waiting = list(before)
    for key in waiting:
        for following in after(key):
            if following not in before:
                before[following] = key
                waiting.append(following)
    return before


def way(before: Mapping[K, K | None], goal: K) -> list[K]:
    """Return the nodes that lead to a goal, out of what `reach` returned."""
    found = [goal]
    while (previous := before.get(found[-1])) is not None:
        found.append(previous)
    return found[::-1]


def units(flows: Map) -> list[Unit]:
    """Return the parts of a scope that are explored one by one, the main flow first.

    Source: BPMN 2.0.2, 13.2 (how a process is instantiated) and 13.5.3 (boundary events).
    """
    starts, together = _starts(flows)
    waiting = [(starts, together)] if starts else []
    found: list[Unit] = []
    begun = set()
    for begins, at_once in waiting:
        unit = unit_from(flows, begins, together=at_once)
        found.append(unit)
        for key in sorted(unit.nodes):
            for event in flows.beside(key):
                if event.key not in unit.beside and event.key not in begun:
                    begun.add(event.key)
                    waiting.append(((event.key,), False))
    return found


def _starts(flows: Map) -> tuple[tuple[str, ...], bool]:
    """Return how a scope begins: by any of its start events, else by all that nothing leads to."""
    free = [
        node
        for node in flows.scope.nodes
        if not flows.into[node.key] and not node.compensates and node.kind is not Kind.BOUNDARY
    ]
    chosen = [node for node in flows.scope.nodes if node.kind is Kind.START or node.instantiates]
    if chosen or flows.scope.in_any_order:
        return tuple(node.key for node in chosen or free), False
    return tuple(node.key for node in free if node.trigger != "link"), True


def unit_from(flows: Map, starts: tuple[str, ...], *, together: bool) -> Unit:
    """Return the part of a scope that begins by some nodes."""
    beside: set[str] = set()
    while True:
        nodes = set(reach(starts, partial(flows.after, beside=frozenset(beside))))
        joining = {
            event.key
            for key in nodes
            for event in flows.beside(key)
            if event.key not in beside and _leads_back(flows, event.key, nodes)
        }
        if not joining:
            return Unit(starts, together, frozenset(nodes), frozenset(beside))
        beside |= joining


def _leads_back(flows: Map, event: str, nodes: set[str]) -> bool:
    """Return whether a branch shares more with a flow than where both end."""
    found = {event}
    waiting = [event]
    for key in waiting:
        following = [each for each in flows.after(key) if each not in found]
        if key in nodes and any(flows.after(key)):
            return True
        found.update(following)
        waiting += following
    return False
