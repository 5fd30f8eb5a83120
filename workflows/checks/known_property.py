"""Every property of an element, of a field or of the process is one that has a meaning here."""

import difflib
from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem

ELEMENT: Final = frozenset(
    {
        "records", "date_field", "on", "qualifier", "duty", "duty_qualifier", "action", "label",
        "stage", "guidance", "decision", "on_behalf", "plan", "outcome", "correlate", "no_form",
        "notice", "recipient", "reasons", "to", "about", "after",
    }
)  # fmt: skip
FIELD: Final = frozenset({"hint", "shown_if", "options_from"})


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each property that nothing would ever read: mostly one that is misspelt."""
    for node in reading.flow_nodes(diagram):
        for name in reading.properties(node):
            if name not in ELEMENT and not name.startswith("payload."):
                yield _unknown(node, "", name, ELEMENT)
        yield from _of_fields(node)
    for process in reading.processes(diagram):
        for name in reading.properties(process):
            if not name.startswith("variable."):
                yield _unknown(process, "", name, ())


def _of_fields(node: etree._Element) -> Iterator[Problem]:
    for field in reading.form_fields(node):
        for name in reading.field_properties(field):
            if name not in FIELD:
                yield _unknown(node, f" of field “{field.get('id')}”", name, FIELD)


def _unknown(node: etree._Element, where: str, name: str, known: Collection[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    return reading.warning(
        __name__,
        node,
        f"“{reading.title(node)}”: the property “{name}”{where} has no meaning here.",
        f"Did you mean “{near[0]}”?" if near else "Take it away, or correct its name.",
    )
