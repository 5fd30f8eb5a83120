"""Every notice that is issued is one that there are words for."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from workflows.notices import words


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each step whose property `notice` names no notice."""
    known = words.kinds()
    for node in reading.flow_nodes(diagram):
        code = reading.properties(node).get("notice", "").strip()
        if code and "${" not in code and code not in known:
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” issues the notice “{code}”, which does not exist.",
                f"Choose one of {', '.join(sorted(known))}.",
            )
