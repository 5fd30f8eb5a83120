"""Ids say the business: they stand in the history of cases and in reports for ever."""

import re
from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem

_MADE_BY_TOOL: Final = re.compile(
    r"^(?:[A-Z][A-Za-z]*_(?:\d[0-9a-z]{2,})|(?:sid-|_|id)?[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{10,})$"
)


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each step and each process with an id that a drawing tool has made up."""
    for node in (*reading.processes(diagram), *reading.flow_nodes(diagram)):
        if _MADE_BY_TOOL.match(node.get("id") or ""):
            yield reading.warning(
                __name__,
                node,
                f"The id “{node.get('id')}” of “{reading.title(node)}” was made up by a tool: "
                "history, scenarios and reports would name the step by it.",
                "Give it an id that says what it is, such as decide_to_assess.",
            )
