"""What may come out of a scope apart from its end: errors and escalations that nothing in it catches."""

from collections.abc import Iterable
from typing import Final

from engine.checks.soundness.model import Node, Scope, Thrown

_THROWN: Final = frozenset({"error", "escalation", "cancel"})


def out_of(scope: Scope) -> frozenset[Thrown]:
    """Return what leaves a process or a subprocess, without asking whether it gets there."""
    inside = within(scope)
    catchers = [handler.trigger for handler in scope.handlers if handler.trigger is not None]
    beyond = (out_of(handler) for handler in scope.handlers)
    return uncaught(inside, catchers).union(*beyond)


def within(scope: Scope) -> frozenset[Thrown]:
    """Return what an event subprocess of this scope might catch."""
    thrown = {
        Thrown(node.trigger, node.code)
        for node in scope.nodes
        if node.throws and node.trigger in _THROWN
    }
    boundaries = boundaries_of(scope.nodes)
    for node in scope.nodes:
        thrown |= uncaught(node.thrown, boundaries.get(node.key, ()))
    return frozenset(thrown)


def uncaught(thrown: Iterable[Thrown], catchers: Iterable[Node]) -> frozenset[Thrown]:
    """Return what none of these events catches for certain."""
    kept = list(catchers)
    return frozenset(each for each in thrown if not any(node.catches(each) for node in kept))


def boundaries_of(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """Return the boundary events of each activity that has any."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        if node.attached:
            found.setdefault(node.attached, []).append(node)
    return found
