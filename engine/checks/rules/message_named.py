"""Every step that waits for a message or sends one says which."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each message event, send task and receive task without a message that has a name."""
    names = {
        each.get("id"): (each.get("name") or "").strip()
        for each in diagram.root.findall(f"{B}message")
    }
    for node in reading.flow_nodes(diagram):
        for holder in _holders(node):
            reference = (holder.get("messageRef") or "").rpartition(":")[2]
            if not reference or names.get(reference) == "":
                yield reading.error(
                    __name__,
                    node,
                    f"“{reading.title(node)}” does not say which message: it would wait for ever, or "
                    "nobody would hear of it.",
                    "Choose a message, and give it a name.",
                    at=holder,
                )


def _holders(node: etree._Element) -> list[etree._Element]:
    if reading.tag(node) in {"sendTask", "receiveTask"}:
        return [node]
    found: list[etree._Element] = node.findall(f"{B}messageEventDefinition")
    return found
