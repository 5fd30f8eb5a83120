"""The engine itself can read the process with all that it calls."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine import errors
from engine.checks import calls
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.definitions import cache

_LINE: Final = re.compile(r"line (\d+)")


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield what the engine says where it refuses the process: the first fault alone."""
    members = calls.bundle(diagram)
    if members is None:
        return
    try:
        cache.build("check", members, diagram.signatures)
    except errors.Invalid as refusal:
        element = next(iter(refusal.errors), "")
        line = _LINE.search(refusal.message)
        at = int(line[1]) if line else _line_of(diagram.root, element)
        yield Problem("parsed_by_engine", Severity.ERROR, element, at, refusal.message)


def _line_of(root: etree._Element, element: str) -> int:
    return next((each.sourceline or 0 for each in root.iter() if each.get("id") == element), 0)
