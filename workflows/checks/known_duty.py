"""Every duty that a diagram names, or whose date it asks for, is one of the rulebook."""

import difflib
from collections.abc import Collection, Iterator

from lxml import etree

from engine.checks import expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from workflows.rulebook import load


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each code of a duty, and each kind of duties, that the rulebook does not have."""
    duties = load.current().duties
    codes = {each.code for each in duties}
    kinds = {each.kind for each in duties if each.kind}
    for node in reading.flow_nodes(diagram):
        code = reading.properties(node).get("duty", "").strip()
        if code and "${" not in code and code not in codes:
            yield _unknown(node, "duty", code, codes)
    for each in expressions.written(diagram.root):
        for code in expressions.literals(each.text, "due", "due_for", "halfway"):
            if code not in codes:
                yield _unknown(each.element, "duty", code, codes)
        for kind in expressions.literals(each.text, "due_of", "duty_of"):
            if kind not in kinds:
                yield _unknown(each.element, "kind of duties", kind, kinds)


def _unknown(node: etree._Element, what: str, name: str, known: Collection[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    return reading.error(
        __name__,
        node,
        f"“{reading.title(node)}” names the {what} “{name}”, which the rulebook does not have: its "
        "date would never come.",
        f"Did you mean “{near[0]}”?" if near else "Choose one of the rulebook.",
    )
