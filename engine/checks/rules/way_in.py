"""Every step can be reached: a flow leads to it."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem

_BEGIN: Final = frozenset({"startEvent", "boundaryEvent"})


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each step without an incoming flow, which no case would ever get to."""
    reached = reading.incoming(diagram)
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) in _BEGIN or node.get("triggeredByEvent") == "true":
            continue
        if node.get("id") not in reached:
            yield reading.error(
                __name__,
                node,
                f"No flow leads to “{reading.title(node)}”: no case ever gets there.",
                "Draw a flow to it, or take it away.",
            )
