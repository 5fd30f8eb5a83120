"""Whether tokens that stand in a diagram can go on together from there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from engine.checks.soundness import exploration, reading, reduction, translation
from engine.checks.soundness.branches import Map, unit_from
from engine.checks.soundness.exploration import Budget
from engine.checks.soundness.findings import Fault, Finding, Part
from engine.checks.soundness.model import Flow, Kind, Node, Scope
from engine.checks.soundness.tokens import Tokens

Stands = tuple[str, str]  # the id of a node; and of the node before it, where it waits at a join
_GATES = frozenset({Kind.PARALLEL, Kind.INCLUSIVE})


def faults(
    root: etree._Element,
    others: Mapping[str, etree._Element],
    scope_id: str,
    standing: Sequence[Stands],
) -> tuple[Finding, ...]:
    """Return what goes wrong if tokens go on from where they stand in a scope.

    1. Each token gets a place of its own before its node; one at a join lies on the way it came by.
    2. All of them begin at once, and what may happen from there is explored.

    Args:
        root: The document, parsed.
        others: Further documents that call activities may lead to.
        scope_id: Id of the process or subprocess.
        standing: Where its tokens stand.
    """
    processes = reading.read(root, others)
    scope = next((each for each in _every(processes) if each.id == scope_id), None)
    if scope is None or not standing:
        return ()
    placed, starts = _placed(scope, standing)
    flows = Map(placed)
    unit = unit_from(flows, starts, together=True)
    net = translation.translate(flows, unit, frozenset())
    reduction.reduce(net)
    tokens = Tokens(net)
    found = exploration.explore(tokens, Budget())
    part = Part(flows, unit, net, tokens, found, tuple)
    findings = (*part.deadlocks(), *part.collisions())
    if found.complete:
        return findings
    return (*findings, Finding(Fault.TOO_LARGE, scope.id, scope.name, scope.line))


def _every(scopes: Sequence[Scope]) -> Iterator[Scope]:
    for scope in scopes:
        yield scope
        inner = [node.inside for node in scope.nodes if node.inside is not None]
        yield from _every((*inner, *scope.handlers))


def _placed(scope: Scope, standing: Sequence[Stands]) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope with a place for each token, and the keys of these places."""
    nodes, flows = list(scope.nodes), list(scope.flows)
    known = {node.key: node for node in nodes}
    starts = []
    for number, (name, source) in enumerate(standing):
        node = known.get(name)
        if node is None:
            continue
        place = replace(_place(node), key=f"?{number}:{name}")
        nodes.append(place)
        starts.append(place.key)
        if node.kind in _GATES:
            _lead_through(flows, node, source, place.key)
        else:
            flows.append(Flow("", place.key, name))
    return replace(scope, nodes=tuple(nodes), flows=tuple(flows)), tuple(starts)


def _place(node: Node) -> Node:
    return Node(key="", id=node.id, name=node.name, line=node.line, kind=Kind.EXCLUSIVE)


def _lead_through(flows: list[Flow], node: Node, source: str, place: str) -> None:
    """Let the way that a token came to a gateway by lead through its place."""
    ways = [each for each in flows if each.target == node.key]
    way = next((each for each in ways if each.source == source), ways[0] if ways else None)
    if way is not None:
        flows[flows.index(way)] = replace(way, target=place)
    flows.append(Flow("", place, node.key))
