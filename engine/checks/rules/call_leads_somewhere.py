"""Every process and every decision that is called is there."""

from collections.abc import Iterator

from engine.checks import calls, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C
from engine.definitions import xml


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each call activity and business rule task that leads nowhere."""
    files = calls.live(diagram)
    kinds = {"callActivity": ("bpmn", "process"), "businessRuleTask": ("dmn", "decision")}
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) not in kinds:
            continue
        kind, word = kinds[reading.tag(node)]
        key = node.get("calledElement" if kind == "bpmn" else f"{C}decisionRef") or ""
        if not key:
            message = f"“{reading.title(node)}” does not say which {word} it calls."
        elif key not in files or xml.kind_of(files[key]) != kind:
            message = f"“{reading.title(node)}” calls the {word} “{key}”, which is not published."
        else:
            continue
        yield reading.error(
            __name__,
            node,
            message,
            f"Choose a {word} that is published, or publish it together with this file.",
        )
