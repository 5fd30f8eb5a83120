"""Find all faults of the control flow of a diagram: scope by scope, from the inside out.

1. Every process and subprocess is a scope of its own, since no token crosses its border; to what is around
   it, it is one step that ends normally, or by an error or escalation that a boundary event catches.
2. Branches that a boundary event begins beside the flow are looked at by themselves.
3. What is left is translated into gates and edges, folded, and explored.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Final

from engine.checks.diagram import Diagram
from engine.checks.soundness import exploration, reading, reduction, throwing, translation
from engine.checks.soundness.branches import Map, Unit, units
from engine.checks.soundness.exploration import Budget
from engine.checks.soundness.findings import Fault, Finding, Part, dead
from engine.checks.soundness.model import Node, Scope
from engine.checks.soundness.tokens import Tokens

_FROM_INSIDE: Final = frozenset({"error", "escalation", "cancel", "compensate"})


class WayOut(IntEnum):
    """What may end a scope from outside."""

    NONE = 0
    HANDLER = 1  # an event subprocess: the exception, not how the process is meant to end
    BOUNDARY = 2  # a boundary event: drawn to end what would go on


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Where a scope stands: ids of what leads to it, what may end it, and the budget of all."""

    leading: Callable[[], tuple[str, ...]]  # asked for findings only: most diagrams have none
    way_out: WayOut
    budget: Budget


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was found in a scope and in all that is in it, and whether it may end normally."""

    findings: tuple[Finding, ...]
    ends: bool


def analyse(diagram: Diagram) -> tuple[Finding, ...]:
    """Return what is wrong with the control flow of a diagram; nothing for a decision table.

    Source: van der Aalst et al. (2011), Soundness of workflow nets: classification,
    decidability, and analysis.
    """
    return _analyse(reading.read(diagram.root, diagram.others))


@lru_cache(maxsize=4)
def _analyse(processes: tuple[Scope, ...]) -> tuple[Finding, ...]:
    """Look at the processes of one document; several rules ask for the same one after another."""
    around = _Surroundings(tuple, WayOut.NONE, Budget())
    outcomes = [_scope(process, around) for process in processes]
    return tuple(finding for outcome in outcomes for finding in outcome.findings)


def _scope(scope: Scope, around: _Surroundings) -> _Outcome:
    flows = Map(scope)
    parts_of = units(flows)
    starts = parts_of[0].starts if parts_of else ()
    inside = replace(around, way_out=max(around.way_out, _way_out(scope)))
    inner = {
        node.key: _scope(node.inside, _entering(node, flows, starts, inside))
        for node in scope.nodes
        if node.inside is not None and node.inside.nodes
    }
    handlers = [_scope(handler, around) for handler in scope.handlers]
    stuck = frozenset(key for key, outcome in inner.items() if not outcome.ends)
    parts = [_part(flows, unit, stuck, inside, starts) for unit in parts_of]
    own = _each_once(each for part in parts for each in _faults(part, inside.way_out))
    return _Outcome(
        (
            *(each for outcome in inner.values() for each in outcome.findings),
            *(each for outcome in handlers for each in outcome.findings),
            *own,
            *dead(flows, parts, own),
            *_never_begun(scope),
        ),
        ends=not parts
        or _may_end(parts[0])
        or any(
            outcome.ends
            for outcome, handler in zip(handlers, scope.handlers, strict=True)
            if handler.trigger is not None and handler.trigger.interrupting
        ),
    )


def _entering(
    node: Node, flows: Map, starts: tuple[str, ...], around: _Surroundings
) -> _Surroundings:
    """Return the surroundings of what is in a subprocess."""

    def leading() -> tuple[str, ...]:
        return (*around.leading(), *flows.route(starts, node.key), *filter(None, [node.id]))

    left = any(event.trigger not in _FROM_INSIDE for event in flows.interrupting(node.key))
    return replace(around, leading=leading, way_out=WayOut.BOUNDARY if left else around.way_out)


def _way_out(scope: Scope) -> WayOut:
    starts = [handler.trigger for handler in scope.handlers if handler.trigger is not None]
    if any(start.interrupting and start.trigger not in _FROM_INSIDE for start in starts):
        return WayOut.HANDLER
    return WayOut.NONE


def _never_begun(scope: Scope) -> Iterator[Finding]:
    """Yield the event subprocesses that wait for what nothing in the scope throws."""
    thrown = throwing.within(scope)
    for handler in scope.handlers:
        start = handler.trigger
        waits = start is not None and start.trigger in {"error", "escalation"}
        if start is not None and waits and not any(start.catches(each) for each in thrown):
            yield Finding(Fault.DEAD_ELEMENT, handler.id, handler.name, handler.line)


def _part(
    flows: Map, unit: Unit, stuck: frozenset[str], around: _Surroundings, starts: tuple[str, ...]
) -> Part:
    net = translation.translate(flows, unit, stuck)
    reduction.reduce(net)
    tokens = Tokens(net)
    found = exploration.explore(tokens, around.budget)

    def leading() -> tuple[str, ...]:
        beside = flows.nodes[unit.starts[0]].attached
        return (*around.leading(), *(flows.route(starts, unit.starts[0]) if beside else ()))

    return Part(flows, unit, net, tokens, found, leading)


def _faults(part: Part, way_out: WayOut) -> Iterator[Finding]:
    yield from part.deadlocks()
    yield from part.collisions()
    if not part.found.complete:
        scope = part.flows.scope
        yield Finding(Fault.TOO_LARGE, scope.id, scope.name, scope.line)
    elif way_out is not WayOut.BOUNDARY:
        for finding in part.endless():
            yield replace(finding, escapable=way_out is WayOut.HANDLER)


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the first finding of a kind about an element: two branches may meet in it."""
    first: dict[tuple[Fault, str, int], Finding] = {}
    for finding in findings:
        first.setdefault((finding.fault, finding.element, finding.line), finding)
    return tuple(first.values())


def _may_end(part: Part) -> bool:
    """Return whether it ends normally, or is wrong in a way that is told elsewhere."""
    found = part.found
    return bool(found.ends_normally or found.deadlocks or found.collisions or not found.complete)
