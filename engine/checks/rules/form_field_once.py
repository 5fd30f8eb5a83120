"""A form asks for each answer once."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each field whose id an earlier field of the same form has."""
    for node in reading.flow_nodes(diagram):
        seen: set[str | None] = set()
        for field in reading.form_fields(node):
            if field.get("id") in seen:
                yield reading.error(
                    __name__,
                    node,
                    f"“{reading.title(node)}” asks for “{field.get('id')}” twice: one answer would "
                    "overwrite the other.",
                    "Give one of the two fields another id, or take it away.",
                    at=field,
                )
            seen.add(field.get("id"))
