"""Translate a part of a scope into gates and edges."""

from dataclasses import dataclass, field

from engine.checks.soundness.branches import Map, Unit
from engine.checks.soundness.model import ANYTHING, Flow, Kind, Node
from engine.checks.soundness.net import Gate, Net
from engine.checks.soundness.throwing import uncaught

_JOINS = {Kind.PARALLEL: Gate.ALL, Kind.INCLUSIVE: Gate.COMING}


@dataclass(slots=True)
class _Translation:
    """A net that is being built.

    Attributes:
        unit, flows: What is translated.
        stuck: Keys of subprocesses that never end normally.
        entries: The gate by which a token comes to each node.
    """

    unit: Unit
    flows: Map
    stuck: frozenset[str]
    net: Net = field(default_factory=Net)
    entries: dict[str, int] = field(default_factory=dict)

    def build(self) -> Net:
        """Return the net: gates of all nodes first, then how they are joined."""
        begin = self.net.add(Gate.ALL if self.unit.together else Gate.ANY)
        self.net.initial = self.net.connect(None, begin)
        keys = sorted(self.unit.nodes, key=self.flows.ranks.__getitem__)
        nodes = [self.flows.nodes[key] for key in keys]
        for node in nodes:
            self.entries[node.key] = self.net.add(_entry(node), node.key)
        for key in self.unit.starts:
            self.net.connect(begin, self.entries[key])
        for node in nodes:
            self._node(node)
        return self.net

    def _node(self, node: Node) -> None:
        gate = self.entries[node.key]
        if node.kind is Kind.PARALLEL:
            for flow in self.flows.into[node.key]:
                if flow.source not in self.unit.nodes:
                    self.net.connect(None, gate, flow.id)
        gate = self._beside(node, gate)
        going_on = self._interrupted(node, gate)
        if going_on is not None and node.kind is not Kind.END:
            self._leave(node, going_on)

    def _beside(self, node: Node, gate: int) -> int:
        """Let boundary events begin their branch, once each, or not."""
        for event in self.flows.beside(node.key):
            if event.key in self.unit.beside:
                choice = self._step(gate, Gate.ANY)
                fires = self._step(choice, Gate.ALL)
                after = self._step(choice, Gate.ANY)
                self.net.connect(fires, after)
                self.net.connect(fires, self.entries[event.key])
                gate = after
        return gate

    def _interrupted(self, node: Node, gate: int) -> int | None:
        """Let boundary events and uncaught errors end it; return the gate of its own end."""
        catchers = self.flows.interrupting(node.key)
        every = [each for each in self.flows.boundaries.get(node.key, ()) if each.interrupting]
        errors = [
            each
            for each in uncaught(node.thrown, every)
            if each.trigger != "escalation" and each.code != ANYTHING
        ]
        ending = node.key not in self.stuck
        if ending and not catchers and not errors:
            return gate
        choice = self._step(gate, Gate.ANY)
        for event in catchers:
            self.net.connect(choice, self.entries[event.key])
        if errors:
            self._step(choice, Gate.FAILURE)
        return self._step(choice, Gate.ANY) if ending else None

    def _leave(self, node: Node, gate: int) -> None:
        flows = self.flows.out[node.key]
        if len(flows) < 2:  # noqa: PLR2004 (one way on, or none)
            self._all(gate, flows)
        elif node.kind is Kind.EXCLUSIVE:
            for flow in flows:
                self._follow(gate, flow)
        elif node.kind is Kind.INCLUSIVE or (
            node.kind is Kind.ACTIVITY and any(flow.conditional for flow in flows)
        ):
            self._selected(node, gate, flows)
        else:
            self._all(self._step(gate, Gate.ALL), flows)

    def _selected(self, node: Node, gate: int, flows: list[Flow]) -> None:
        """Take every flow without a condition, and any selection of those with one."""
        default = [flow for flow in flows if flow.id and flow.id == node.default]
        always = [flow for flow in flows if not flow.conditional and flow not in default]
        if node.kind is Kind.INCLUSIVE:
            always = []
        optional = [flow for flow in flows if flow not in default and flow not in always]
        if always:
            gate = self._step(gate, Gate.ALL)
            self._all(gate, always)
        if default or always:
            gate = self._step(gate, Gate.ANY)
            if always:
                self._step(gate, Gate.ANY)  # none of the conditions holds
            self._all(gate, default)
        if optional:
            some = self._step(gate, Gate.SOME)
            self._all(some, optional)

    def _all(self, gate: int, flows: list[Flow]) -> None:
        for flow in flows:
            self._follow(gate, flow)

    def _follow(self, gate: int, flow: Flow) -> None:
        self.net.connect(gate, self.entries[flow.target], flow.id)

    def _step(self, gate: int, kind: Gate) -> int:
        number = self.net.add(kind)
        self.net.connect(gate, number)
        return number


def translate(flows: Map, unit: Unit, stuck: frozenset[str]) -> Net:
    """Return the net of a part of a scope.

    Args:
        flows: The scope.
        unit: Which part of it.
        stuck: Keys of the subprocesses in it that never end normally.
    """
    return _Translation(unit, flows, stuck).build()


def _entry(node: Node) -> Gate:
    if node.kind is Kind.END and node.trigger in {"error", "cancel"}:
        return Gate.FAILURE
    if node.kind is Kind.END and node.trigger == "terminate":
        return Gate.FINAL
    return _JOINS.get(node.kind, Gate.ANY)
