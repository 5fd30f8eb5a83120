"""Every fact that a diagram records or asks for is one of the rulebook."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from workflows.rulebook import load


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each code of a fact that the rulebook does not have."""
    known = load.current().facts
    for node in reading.flow_nodes(diagram):
        for part in reading.properties(node).get("records", "").split(";"):
            code = part.partition(":")[0].strip()
            if code and "${" not in code and code not in known:
                yield _unknown(node, f"records the fact “{code}”")
    for each in expressions.written(diagram.root):
        for code in expressions.literals(each.text, "fact", "fact_outcome"):
            if code not in known:
                yield _unknown(each.element, f"asks for the fact “{code}”")


def _unknown(node: etree._Element, what: str) -> Problem:
    return reading.error(
        __name__,
        node,
        f"“{reading.title(node)}” {what}, which the rulebook does not have.",
        "Choose a fact of the rulebook: no duty would hear of this one.",
    )
