"""Every step has its place on the drawing."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each step and flow that runs but is shown nowhere."""
    shown = {
        (each.get("bpmnElement") or "").rpartition(":")[2]
        for each in diagram.root.iter()
        if each.get("bpmnElement")
    }
    if not shown:
        yield reading.warning(
            __name__,
            diagram.root,
            "The file has no drawing: nobody can see the process.",
            "Open it in an editor that lays it out, and save it.",
        )
        return
    for node in (*reading.flow_nodes(diagram), *reading.flows(diagram)):
        if node.get("id") not in shown:
            yield reading.warning(
                __name__,
                node,
                f"“{reading.title(node)}” is not on the drawing, though it runs.",
                "Open the file in an editor that lays it out, or take the element away.",
            )
