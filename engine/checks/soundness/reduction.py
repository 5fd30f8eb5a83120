"""Fold what cannot go wrong: sequences, blocks that are split and joined alike, and simple loops.

Each rule keeps what is asked of a net: whether it deadlocks, whether a token meets another, what is
reached, and whether it can end. A diagram of properly nested blocks folds into a single edge, however wide
it is; what is left is explored.

Source: Murata (1989), Petri nets: properties, analysis and applications, section V; Sadiq and
Orlowska (2000), Analyzing process models using graph reduction techniques.
"""

from typing import Final

from engine.checks.soundness.net import Gate, Net, Vertex

# Two edges between the same gates are as one, where each way in of the second gate waits for what
# the first one gives.
_ALIKE: Final = frozenset(
    {
        (Gate.ANY, Gate.ANY),
        (Gate.ALL, Gate.ALL),
        (Gate.SOME, Gate.COMING),
        (Gate.ALL, Gate.COMING),
        (Gate.ANY, Gate.COMING),
    }
)
# At an end no token waits, and none meets another.
_ENDED: Final = frozenset({Gate.ANY, Gate.ALL, Gate.SOME})
_FOLDED: Final = frozenset({Gate.ANY, Gate.ALL, Gate.SOME, Gate.COMING})


class _Reduction:
    """A net that is being folded, in place."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.between: dict[tuple[int, int], int] = {}
        self.waiting = list(net.vertices)

    def run(self) -> None:
        """Fold until nothing folds any more."""
        self._gather_ends()
        for number in list(self.net.edges):
            if number in self.net.edges:
                self._settle(number)
        while self.waiting:
            number = self.waiting.pop()
            vertex = self.net.vertices.get(number)
            if vertex is not None:
                self._fold(number, vertex)

    def _gather_ends(self) -> None:
        """Make one of all gates at which tokens end."""
        ends = [
            number
            for number, vertex in self.net.vertices.items()
            if vertex.gate is Gate.ANY and not vertex.outs and vertex.ins
        ]
        common = self.net.add(Gate.ANY) if ends else 0
        for end in ends:
            vertex = self.net.vertices.pop(end)
            for number in vertex.ins:
                edge = self.net.edges[number]
                edge.trail, edge.aside = (edge.trail, vertex.trail), (edge.aside, vertex.aside)
                edge.target = common
                self.net.vertices[common].ins[number] = None

    def _fold(self, number: int, vertex: Vertex) -> None:
        if vertex.gate in _FOLDED and len(vertex.ins) == len(vertex.outs) == 1:
            self._shorten(number, vertex)
        elif vertex.gate is Gate.ANY and len(vertex.outs) == 1 and vertex.ins:
            self._fuse(number, vertex)

    def _shorten(self, number: int, vertex: Vertex) -> None:
        """Make one edge of a gate with one way in and one way out."""
        (first,), (second,) = vertex.ins, vertex.outs
        if first == second:
            return
        into, out = self.net.edges[first], self.net.edges.pop(second)
        self._forget(second, number, out.target)
        self._forget(first, into.source, number)
        into.trail = (into.trail, vertex.trail, out.trail)
        into.aside = (into.aside, vertex.aside, out.aside)
        into.target = out.target
        target = self.net.vertices[out.target]
        del target.ins[second], self.net.vertices[number]
        target.ins[first] = None
        self._settle(first)
        self.waiting.append(out.target)

    def _fuse(self, number: int, vertex: Vertex) -> None:
        """Make one gate of one that merges and of the choice that follows it at once."""
        (only,) = vertex.outs
        edge = self.net.edges[only]
        choice = self.net.vertices[edge.target]
        if choice.gate is not Gate.ANY or len(choice.ins) != 1 or not choice.outs:
            return
        if edge.target == number:
            return
        self._forget(only, number, edge.target)
        del self.net.edges[only], self.net.vertices[edge.target], vertex.outs[only]
        vertex.trail = (vertex.trail, edge.trail, choice.trail)
        vertex.aside = (vertex.aside, edge.aside, choice.aside)
        for moved in choice.outs:
            out = self.net.edges[moved]
            self._forget(moved, edge.target, out.target)
            out.source = number
            vertex.outs[moved] = None
        for moved in list(choice.outs):
            if moved in self.net.edges:
                self._settle(moved)
        self.waiting.append(number)

    def _settle(self, number: int) -> None:
        """Drop an edge that goes round, or beside another to the same end."""
        edge = self.net.edges[number]
        if edge.source is None:
            return
        source, target = self.net.vertices[edge.source], self.net.vertices[edge.target]
        if edge.source == edge.target:
            others = (each for each in source.outs if each != number)
            # One that goes on must be left, where two tokens would be seen to meet.
            if source.gate is Gate.ANY and not all(map(self.net.vanishes, others)):
                source.aside = (source.aside, edge.trail, edge.aside)
                self._drop(number)
            return
        other = self.between.setdefault((edge.source, edge.target), number)
        ended = target.gate is Gate.ANY and not target.outs and source.gate in _ENDED
        if other == number or not (ended or (source.gate, target.gate) in _ALIKE):
            return
        kept = self.net.edges[other]
        if source.gate is Gate.ANY:
            kept.aside = (kept.aside, edge.trail, edge.aside)
        else:
            kept.trail = (kept.trail, edge.trail)
            kept.aside = (kept.aside, edge.aside)
        self._drop(number)

    def _drop(self, number: int) -> None:
        edge = self.net.edges.pop(number)
        assert edge.source is not None
        del self.net.vertices[edge.source].outs[number], self.net.vertices[edge.target].ins[number]
        self.waiting += (edge.source, edge.target)

    def _forget(self, number: int, source: int | None, target: int) -> None:
        if source is not None and self.between.get((source, target)) == number:
            del self.between[source, target]


def reduce(net: Net) -> None:
    """Fold a net as far as it goes, in place."""
    _Reduction(net).run()
