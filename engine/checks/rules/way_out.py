"""Every step goes on: a flow leaves it, unless it is an end."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each step without an outgoing flow, at which a case would stop without an end."""
    left = reading.outgoing(diagram)
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) == "endEvent" or _never_ends(node, left):
            continue
        if node.get("id") not in left:
            yield reading.error(
                __name__,
                node,
                f"No flow leaves “{reading.title(node)}”: a case stops there, and nobody sees how it "
                "ended.",
                "Draw a flow to the next step or to an end event.",
            )


def _never_ends(node: etree._Element, left: Mapping[str, Sequence[etree._Element]]) -> bool:
    """Tell whether nothing can follow: an event subprocess, or one that only an error or an event ends."""
    if reading.tag(node) != "subProcess":
        return False
    if node.get("triggeredByEvent") == "true":
        return True
    return not any(
        reading.tag(each) == "endEvent" and each.find(f"{B}errorEventDefinition") is None
        for each in _walked(node, left)
    )


def _walked(
    holder: etree._Element, left: Mapping[str, Sequence[etree._Element]]
) -> Iterator[etree._Element]:
    """Yield the steps of a subprocess that its own token reaches: no branch that runs beside it."""
    inside = {each.get("id") or "": each for each in holder if each.get("id")}
    waiting = [key for key, each in inside.items() if reading.tag(each) == "startEvent"]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key in seen or key not in inside:
            continue
        seen.add(key)
        yield inside[key]
        waiting += [flow.get("targetRef") or "" for flow in left.get(key, ())]
        waiting += [
            name
            for name, each in inside.items()
            if each.get("attachedToRef") == key and each.get("cancelActivity") != "false"
        ]
