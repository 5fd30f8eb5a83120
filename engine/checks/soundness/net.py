"""A net of gates and edges: what the control flow of a scope is translated into."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

# Ids in the order in which a token meets them. A tree instead of a tuple: to fold a chain of a
# thousand steps into one edge would copy the ids again with every step.
Trail = tuple["Trail | str", ...]


class Gate(StrEnum):
    """What a gate takes in and gives out when it fires."""

    ANY = "any"  # one token from any edge, one to any edge
    ALL = "all"  # one from each, one to each
    SOME = "some"  # one in, one to each edge of any selection that is not empty
    COMING = "coming"  # from each edge that a token is at or can still come to, one out
    FINAL = "final"  # one in, and every token of the scope ends
    FAILURE = "failure"  # as FINAL, and the scope does not end normally


@dataclass(slots=True)
class Vertex:
    """A gate with its edges, by number, in order.

    Attributes:
        gate: What it does.
        trail: The elements that a token meets in it.
        aside: Further elements that are met where it is met, off the shortest way.
    """

    gate: Gate
    trail: Trail = ()
    aside: Trail = ()
    ins: dict[int, None] = field(default_factory=dict)
    outs: dict[int, None] = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """A place for one token, from one gate to another; `source` is None where none ever comes."""

    source: int | None
    target: int
    trail: Trail = ()
    aside: Trail = ()


@dataclass(slots=True)
class Net:
    """Gates and edges by number; the token of the beginning lies on the edge `initial`."""

    vertices: dict[int, Vertex] = field(default_factory=dict)
    edges: dict[int, Edge] = field(default_factory=dict)
    initial: int = 0

    def add(self, gate: Gate, *trail: str) -> int:
        """Add a gate and return its number."""
        number = len(self.vertices)
        self.vertices[number] = Vertex(gate, trail)
        return number

    def connect(self, source: int | None, target: int, *trail: str) -> int:
        """Add an edge and return its number."""
        number = len(self.edges)
        self.edges[number] = Edge(source, target, trail)
        self.vertices[target].ins[number] = None
        if source is not None:
            self.vertices[source].outs[number] = None
        return number

    def vanishes(self, number: int) -> bool:
        """Return whether a token on this edge is gone at once: at an end that nobody drew."""
        edge = self.edges[number]
        end = self.vertices[edge.target]
        drawn = any(ids((edge.trail, edge.aside, end.trail, end.aside)))
        return end.gate is Gate.ANY and not end.outs and not drawn


def ids(trail: Trail) -> Iterator[str]:
    """Yield the ids of a trail in order."""
    left: list[Trail | str] = [trail]
    while left:
        item = left.pop()
        if isinstance(item, str):
            if item:
                yield item
        else:
            left.extend(reversed(item))
