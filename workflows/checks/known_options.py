"""Choices that a field takes from a list come from a list that there is."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem

LISTS: Final = frozenset({"settings", "areas"})


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each field whose property `options_from` names no list of the authority."""
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            name = reading.field_properties(field).get("options_from")
            if name is not None and name not in LISTS:
                yield reading.error(
                    __name__,
                    node,
                    f"“{reading.title(node)}”: field “{field.get('id')}” takes its choices from "
                    f"“{name}”, a list that does not exist.",
                    f"Choose one of {', '.join(sorted(LISTS))}.",
                    at=field,
                )
