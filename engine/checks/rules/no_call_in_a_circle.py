"""Processes do not call each other in a circle: a case would never end."""

from collections.abc import Iterator

from engine.checks import calls, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each call activity by which this process ends up calling itself."""
    files = calls.live(diagram)
    own = calls.key_of(diagram.root)
    for node in reading.flow_nodes(diagram):
        called = node.get("calledElement") or ""
        if reading.tag(node) == "callActivity" and own in calls.reached(called, files):
            way = "itself" if called == own else f"“{called}”, which calls “{own}” again"
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” calls {way}: processes must not call in a circle.",
                "Draw the way back within one process.",
            )
