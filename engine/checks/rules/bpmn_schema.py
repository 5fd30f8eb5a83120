"""The file is as the schema of BPMN 2.0 wants it; attributes and elements of other tools may stand."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.definitions import schema

_NAMESPACE: Final = re.compile(r"\{[^}]*\}")
_ID: Final = re.compile(r"'([^']*)' is not a valid value of the atomic type 'xs:ID'")
_EXPECTED: Final = re.compile(r" Expected is (one of )?\(.*\)\.$", re.DOTALL)


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield what the schema refuses. Source: OMG BPMN 2.0 (formal/2011-01-03), BPMN20.xsd."""
    lines: dict[int, etree._Element] = {}
    for node in diagram.root.iter():
        lines.setdefault(node.sourceline or 0, node)
    for line, words in schema.faults(diagram.root):
        place = lines.get(line)
        element = "" if place is None else reading.owner(place).get("id") or ""
        message, mend = _plain(words)
        yield Problem("bpmn_schema", Severity.ERROR, element, line, message, mend)


def _plain(words: str) -> tuple[str, str]:
    if found := _ID.search(words):
        if re.fullmatch(r"[A-Za-z_][\w.-]*", found[1]):
            return f"The id “{found[1]}” is used twice.", "Give each element an id of its own."
        return (
            f"The id “{found[1]}” is none.",
            "Begin an id with a letter, and go on with letters, digits, “_”, “-” and “.”.",
        )
    plain = _EXPECTED.sub("", _NAMESPACE.sub("", words))
    return (
        f"BPMN 2.0 does not allow this: {plain}",
        "Open the file in a BPMN tool and save it again.",
    )
