"""What an exploration says about a part of a scope, in the words of the diagram."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.checks.soundness.branches import Map, Unit, reach
from engine.checks.soundness.exploration import Exploration, history
from engine.checks.soundness.model import Node
from engine.checks.soundness.net import Gate, Net, ids
from engine.checks.soundness.tokens import Firing, Tokens, bits

MOST: Final = 20  # findings of a kind in one part: the others show once these are mended


class Fault(StrEnum):
    """What can be wrong with the control flow; each is a rule."""

    DEADLOCK = "deadlock"
    LACK_OF_SYNCHRONISATION = "lack_of_synchronisation"
    DEAD_ELEMENT = "dead_element"
    CANNOT_END = "cannot_end"
    TOO_LARGE = "too_large_to_explore"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, where it is, and how a case gets there.

    Attributes:
        fault: What is wrong.
        element, name, line: The element at which it shows.
        path: Ids of nodes and flows from the beginning to it.
        following: How many more elements are dead behind a dead one.
        escapable: Whether an event subprocess may still end what cannot end by itself.
    """

    fault: Fault
    element: str
    name: str
    line: int
    path: tuple[str, ...] = ()
    following: int = 0
    escapable: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a scope that has been explored.

    Attributes:
        flows, unit: What it is.
        net: Its net, folded.
        tokens, found: How it moves, and what came of it.
        leading: Returns the ids of what leads to its first element.
    """

    flows: Map
    unit: Unit
    net: Net
    tokens: Tokens
    found: Exploration
    leading: Callable[[], tuple[str, ...]]

    @property
    def alive(self) -> set[str]:
        """The keys of nodes and flows that are reached."""
        marked = (self.tokens.edges[bit.bit_length() - 1] for bit in bits(self.found.marked))
        edges = [self.net.edges[number] for number in marked]
        gates = [self.net.vertices[number] for number in self.found.fired]
        trails = [trail for edge in edges for trail in (edge.trail, edge.aside)]
        trails += [trail for gate in gates for trail in (gate.trail, gate.aside)]
        return {key for trail in trails for key in ids(trail)}

    def deadlocks(self) -> Iterator[Finding]:
        """Yield each join at which a token may lie for ever, unless one before it explains it."""
        reported: set[int] = set()
        for state in self.found.deadlocks:
            stuck = self.tokens.waiting(state)
            for gate in self._first(stuck):
                if gate not in reported:
                    reported.add(gate)
                    yield self._finding(Fault.DEADLOCK, gate, self._leading_to(state, gate))

    def collisions(self) -> Iterator[Finding]:
        """Yield each gate at which a token meets another, unless one before it explains it."""
        for gate in self._first(list(self.found.collisions)):
            state, last = self.found.collisions[gate]
            fired = [*history(self.found, state), last]
            path = self._path(_causes(fired))
            yield self._finding(Fault.LACK_OF_SYNCHRONISATION, self._merging(gate), path)

    def _merging(self, gate: int) -> int:
        """Return the gate at or before this one at which two ways meet."""
        passed = {gate}
        while len(ins := self.net.vertices[gate].ins) == 1:
            source = self.net.edges[next(iter(ins))].source
            if source is None or source in passed:
                break
            gate = source
            passed.add(gate)
        return gate

    def endless(self) -> Iterator[Finding]:
        """Yield each loop that a token cannot leave; none where that follows from another fault."""
        if self.found.collisions or self.found.deadlocks:
            return
        reported: set[int] = set()
        for state in self.found.endless:
            for gate in self.tokens.waiting(state):
                if gate not in reported and self._goes_round(gate):
                    reported |= self._behind(gate)
                    yield self._finding(Fault.CANNOT_END, gate, self._leading_to(state, gate))

    def _goes_round(self, gate: int) -> bool:
        """Return whether all ways from a gate lead back to it."""
        behind = self._behind(gate)
        return all(gate in self._behind(other) for other in behind) and all(
            self.net.vertices[other].outs for other in behind
        )

    def _first(self, gates: Iterable[int]) -> list[int]:
        """Return the gates that no other of them leads to, or that lead to each other as first."""
        kept: dict[int, set[int]] = {}
        for gate in gates:
            if len(kept) < MOST and not any(gate in behind for behind in kept.values()):
                kept[gate] = self._behind(gate)
        return [
            gate
            for gate, behind in kept.items()
            if not any(gate in after and other not in behind for other, after in kept.items())
        ]

    def _behind(self, gate: int) -> set[int]:
        edges, vertices = self.net.edges, self.net.vertices
        return set(reach([gate], lambda at: (edges[each].target for each in vertices[at].outs)))

    def _before(self, gate: int) -> set[int]:
        return set(reach([gate], self._sources))

    def _sources(self, gate: int) -> Iterator[int]:
        for number in self.net.vertices[gate].ins:
            source = self.net.edges[number].source
            if source is not None:
                yield source

    def _leading_to(self, state: int, gate: int) -> tuple[str, ...]:
        """Return how a state was got to, without what has no bearing on a gate."""
        before = self._before(gate)
        fired = [step for step in history(self.found, state) if step.gate in before]
        path = self._path(fired, before)
        return (*path, *list(ids(self.net.vertices[gate].trail))[:1])

    def _path(self, fired: Iterable[Firing], toward: set[int] | None = None) -> tuple[str, ...]:
        """Return what tokens passed, where gates fired, or of ways at the same time those to some gates."""
        trails = [self.net.edges[self.net.initial].trail]
        for step in fired:
            vertex = self.net.vertices[step.gate]
            edges = [
                self.net.edges[self.tokens.edges[bit.bit_length() - 1]] for bit in bits(step.given)
            ]
            if toward is not None and vertex.gate is not Gate.ANY:
                edges = [edge for edge in edges if edge.target in toward]
            trails += [vertex.trail, *(edge.trail for edge in edges)]
        return (*self.leading(), *(key for trail in trails for key in ids(trail) if key[0] != "?"))

    def _finding(self, fault: Fault, gate: int, path: tuple[str, ...]) -> Finding:
        node = self._named(gate) or self.flows.nodes[self.unit.starts[0]]
        return Finding(fault, node.id, node.name, node.line, path)

    def _named(self, gate: int) -> Node | None:
        """Return the node of a gate, or the nearest before it where the gate was made by us."""
        waiting = [gate]
        for number in waiting:
            vertex = self.net.vertices[number]
            if node := self._node(ids(vertex.trail)):
                return node
            for edge in vertex.ins:
                if node := self._node(reversed(list(ids(self.net.edges[edge].trail)))):
                    return node
                source = self.net.edges[edge].source
                if source is not None and source not in waiting:
                    waiting.append(source)
        return None

    def _node(self, keys: Iterable[str]) -> Node | None:
        return next((self.flows.nodes[key] for key in keys if key in self.flows.nodes), None)


def _causes(fired: list[Firing]) -> list[Firing]:
    """Return those without which the last one would not meet a token."""
    last = fired[-1]
    needed = last.taken | last.given
    kept = [last]
    for step in reversed(fired[:-1]):
        if step.given & needed:
            kept.append(step)
            needed = needed & ~step.given | step.taken
    return kept[::-1]


def dead(flows: Map, parts: list[Part], known: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what no part of a scope reaches, the first of those that follow one another.

    Args:
        flows: The scope.
        parts: All its parts, explored.
        known: What else was found; what lies behind a deadlock needs no finding of its own.
    """
    alive: set[str] = set()
    for part in parts:
        alive |= part.alive if part.found.thorough else part.unit.nodes
    nodes = [
        node
        for node in flows.scope.nodes
        if node.key not in alive and not node.compensates and node.trigger != "compensate"
    ]
    unexplained = {node.key for node in nodes}
    stopped = [each.element for each in known if each.fault is Fault.DEADLOCK]
    unexplained -= set(reach(stopped, flows.around))
    first = [
        node for node in nodes if not any(key in unexplained for key in flows.before(node.key))
    ]
    for node in (*first, *nodes):
        if node.key in unexplained:
            behind = unexplained & set(reach([node.key], flows.around))
            unexplained -= behind
            yield Finding(
                Fault.DEAD_ELEMENT, node.id, node.name, node.line, following=len(behind) - 1
            )
