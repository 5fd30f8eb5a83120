"""A form key names an editor that there is."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C

KEYS: Final = frozenset({"plan"})


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each form key that opens nothing."""
    for node in reading.flow_nodes(diagram):
        key = node.get(f"{C}formKey")
        if key and key not in KEYS:
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” has the form key “{key}”, which opens nothing.",
                "Give it form fields, or the form key plan for sections of the EHC plan.",
            )
