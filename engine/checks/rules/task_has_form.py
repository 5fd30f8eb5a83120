"""Every task for people asks something, or says why it does not."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C

FOR_PEOPLE: Final = frozenset({"userTask", "manualTask", "task"})
REASON: Final = "no_form"


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each task without questions, form key or the property `no_form` with a reason."""
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) not in FOR_PEOPLE:
            continue
        fields, reason = reading.form_fields(node), reading.properties(node).get(REASON)
        if fields and reason is not None:
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” has a form, and gives a reason for having none.",
                "Take the property no_form away, or the form.",
            )
        elif not fields and not node.get(f"{C}formKey") and not (reason or "").strip():
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” asks nothing: whoever does it can only mark it as done.",
                "Give it a form, or the property no_form with the reason in words.",
            )
