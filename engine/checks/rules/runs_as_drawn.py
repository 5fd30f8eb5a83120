"""Nothing is drawn that the engine would accept and then run otherwise."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.definitions import unsupported


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield every construct that would not run as it is drawn, with what to draw instead."""
    for process in reading.processes(diagram):
        for node, reason in unsupported.faults(process):
            message, _, mend = reason.partition(". ")
            yield reading.error(
                __name__, reading.owner(node), f"{message.removesuffix('.')}.", mend, at=node
            )
