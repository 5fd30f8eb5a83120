"""Every service task says what it calls."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each service task without a topic, at which a case would stop with an incident."""
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) == "serviceTask" and not node.get(f"{C}topic"):
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” calls nothing: it has no topic.",
                "Make it an external task, and choose a topic.",
            )
