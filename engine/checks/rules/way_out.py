"""Every step goes on: a flow leaves it, unless it is an end."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each step without an outgoing flow, at which a case would stop without an end."""
    left = reading.outgoing(diagram)
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) == "endEvent" or _never_ends(node):
            continue
        if node.get("id") not in left:
            yield reading.error(
                __name__,
                node,
                f"No flow leaves “{reading.title(node)}”: a case stops there, and nobody sees how it "
                "ended.",
                "Draw a flow to the next step or to an end event.",
            )


def _never_ends(node: etree._Element) -> bool:
    """Tell whether nothing can follow: an event subprocess, or one that only an error or an event ends."""
    if reading.tag(node) != "subProcess":
        return False
    ends = [
        each
        for each in node.findall(f"{B}endEvent")
        if each.find(f"{B}errorEventDefinition") is None
    ]
    return node.get("triggeredByEvent") == "true" or not ends
