"""What stands in a field at first is an answer that the field accepts."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C

_PATTERNS: Final = {
    "boolean": r"true|false",
    "long": r"-?\d+",
    "double": r"-?\d+(\.\d+)?",
    "date": r"\d{4}-\d{2}-\d{2}",
}


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each default value that could not be sent as it stands."""
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            default = field.get("defaultValue")
            if default and not _fits(field, default):
                yield reading.error(
                    __name__,
                    node,
                    f"“{reading.title(node)}”: field “{field.get('id')}” begins with “{default}”, "
                    "which is no answer to it.",
                    "Choose one of its values, or leave the default empty.",
                    at=field,
                )


def _fits(field: etree._Element, default: str) -> bool:
    values = {each.get("id") for each in field.findall(f"{C}value")}
    if values:
        return default in values
    pattern = _PATTERNS.get(field.get("type", ""))
    return pattern is None or bool(re.fullmatch(pattern, default))
