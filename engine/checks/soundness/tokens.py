"""How tokens move through a net: a state is a number whose bits are the edges that hold one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from engine.checks.soundness.net import Gate, Net
from engine.checks.soundness.order import loops

ENDED: Final = 0
EDGES_LOOKED_AT_A_FIRING: Final = 20


class Firing(NamedTuple):
    """A gate that fires: which edges lose their token, and which get one."""

    gate: int
    taken: int
    given: int


@dataclass(frozen=True, slots=True)
class Place:
    """A gate as bits: those of its ways in and out, and the group of gates it shares loops with."""

    number: int
    gate: Gate
    ins: int
    outs: tuple[int, ...]
    group: int


class Tokens:
    """The moves of a net.

    Edges are numbered upstream first, so that the lowest bit is the token furthest behind. Every edge leads
    to one gate only, so nothing but the gate itself takes its token: gates that do not share a
    loop may fire in any order, and one order is enough. Those behind go first, so that no token
    meets another unseen.

    Source: Valmari (1991), Stubborn sets for reduced state space generation.
    """

    def __init__(self, net: Net) -> None:
        groups = loops(net)
        group_of = {number: at for at, group in enumerate(groups) for number in group}
        reached = [number for number in net.edges if net.edges[number].target in group_of]
        ranks = {number: rank for rank, number in enumerate(group_of)}
        reached.sort(key=lambda number: ranks[net.edges[number].target])
        self.edges = reached
        self.bits = {number: 1 << at for at, number in enumerate(reached)}
        self.initial = self.bits[net.initial]
        self.places = {
            number: Place(
                number,
                net.vertices[number].gate,
                sum(self.bits[edge] for edge in net.vertices[number].ins),
                tuple(
                    0 if net.vanishes(edge) else self.bits[edge]
                    for edge in net.vertices[number].outs
                ),
                group,
            )
            for number, group in group_of.items()
        }
        self.consumers = [self.places[net.edges[number].target] for number in reached]
        self._net = net
        self._upstream: dict[int, dict[int, int]] = {}
        self._effort = 0

    def firings(self, state: int, *, every: bool = False) -> Iterator[Firing]:
        """Yield how a state may go on: enough ways to miss nothing, or every one.

        Nothing is yielded for a state in which no gate can fire.
        """
        group = -1
        for place in self._with_tokens(state):
            if every or group in {-1, place.group}:
                for firing in self._fire(place, state):
                    group = place.group
                    yield firing
            elif place.gate is Gate.COMING and self._is_early(place, state):
                yield from self._fire(place, state)

    def _with_tokens(self, state: int) -> Iterator[Place]:
        last = None
        for bit in bits(state):
            place = self.consumers[bit.bit_length() - 1]
            if place is not last:
                last = place
                yield place

    def effort(self) -> int:
        """Return what looking for ways has cost since this was asked last, in firings."""
        effort, self._effort = self._effort // EDGES_LOOKED_AT_A_FIRING, 0
        return effort

    def waiting(self, state: int) -> list[int]:
        """Return the gates at which a token lies, upstream first."""
        return [place.number for place in self._with_tokens(state)]

    def _fire(self, place: Place, state: int) -> Iterator[Firing]:
        there = state & place.ins
        if place.gate is Gate.ALL:
            if there == place.ins:
                yield Firing(place.number, there, sum(place.outs))
        elif place.gate is Gate.COMING:
            if not self._may_come(place, state, there):
                yield from (Firing(place.number, there, out) for out in place.outs or (0,))
        elif place.gate is Gate.SOME:
            yield from (Firing(place.number, there, given) for given in _selections(place.outs))
        elif place.gate is Gate.ANY:
            for bit in bits(there):
                yield from (Firing(place.number, bit, out) for out in place.outs or (0,))
        else:
            yield Firing(place.number, state, 0)

    def _may_come(self, place: Place, state: int, there: int) -> bool:
        """Return whether an inclusive join waits for a token that is still on its way.

        Source: BPMN 2.0.2, table 13.3; Völzer (2010), A new semantics for the inclusive
        converging gateway in safe processes.
        """
        empty, full = self._upstream_of(place, there)
        return bool(state & empty & ~full)

    def _is_early(self, place: Place, state: int) -> bool:
        """Return whether an inclusive join may fire now or later, with more tokens than there are."""
        empty, full = self._upstream_of(place, state & place.ins)
        return bool(state & empty & full)

    def _upstream_of(self, place: Place, there: int) -> tuple[int, int]:
        """Return the edges that lead to a way in without a token, and to one with a token."""
        upstream = self._upstream.get(place.number)
        if upstream is None:
            upstream = self._upstream[place.number] = self._ways_to(place)
        empty, full = 0, 0
        for bit, ways in upstream.items():
            if bit & there:
                full |= ways
            else:
                empty |= ways
        return empty, full

    def _ways_to(self, place: Place) -> dict[int, int]:
        """Return for each way into a gate all edges that lead there without passing the gate."""
        return {bit: self._leading_to(bit, place.number) for bit in bits(place.ins)}

    def _leading_to(self, goal: int, beyond: int) -> int:
        waiting = [self.edges[goal.bit_length() - 1]]
        found = set(waiting)
        for number in waiting:
            source = self._net.edges[number].source
            if source is not None and source != beyond:
                further = [edge for edge in self._net.vertices[source].ins if edge not in found]
                waiting += further
                found.update(further)
        self._effort += len(found)
        return sum(self.bits[number] for number in found)


def bits(state: int) -> Iterator[int]:
    """Yield the bits of a state, lowest first."""
    while state:
        bit = state & -state
        yield bit
        state ^= bit


def _selections(outs: tuple[int, ...]) -> Iterator[int]:
    """Yield the sum of every selection of these bits that is not empty."""
    for number in range(1, 1 << len(outs)):
        yield sum(out for at, out in enumerate(outs) if number >> at & 1)
