"""The date of a fact is asked by a date field of the same form."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B
from engine.definitions.expressions import ValueType


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each property `date_field` that names no date of the form: the fact would be of today.

    A message brings its values itself: there the date may be a declared variable.
    """
    declared = expressions.scope(diagram).variables
    for node in reading.flow_nodes(diagram):
        name = reading.properties(node).get("date_field", "").strip()
        kinds = {field.get("id"): field.get("type") for field in reading.form_fields(node)}
        is_brought = _hears_message(node) and declared.get(name) == ValueType.DATE
        if name and not is_brought and "${" not in name and kinds.get(name) != "date":
            what = "is no date" if name in kinds else "its form does not have"
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” takes the date of what it records from the field “{name}”, "
                f"which {what}: the fact would get today’s date.",
                "Name a field of type date of this form.",
            )


def _hears_message(node: etree._Element) -> bool:
    return reading.tag(node) == "receiveTask" or node.find(f"{B}messageEventDefinition") is not None
