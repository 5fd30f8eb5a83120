"""A question with choices has some, and each of them once."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each field of choices that nobody could answer, or that has a choice twice."""
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            if field.get("type") in {"enum", "checkboxes"}:
                for message, mend in _faults(field):
                    text = f"“{reading.title(node)}”: field “{field.get('id')}” {message}"
                    yield reading.error(__name__, node, text, mend, at=field)


def _faults(field: etree._Element) -> Iterator[tuple[str, str]]:
    values = [each.get("id") or "" for each in field.findall(f"{C}value")]
    if not values and not reading.field_properties(field).get("options_from"):
        yield "has no choices.", "Add its values, or the property options_from."
    for each in dict.fromkeys(values):
        if not each:
            yield "has a choice without an id.", "Give each choice an id."
        elif values.count(each) > 1:
            yield f"has the choice “{each}” twice.", "Give each choice an id of its own."
