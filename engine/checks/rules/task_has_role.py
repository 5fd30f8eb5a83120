"""Every task for people has an agency: a role that does it."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B, C

FOR_PEOPLE: Final = frozenset({"userTask", "manualTask", "task"})


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each task that lies in no lane and names nobody: it would be in nobody's list."""
    placed = {
        (reference.text or "").strip()
        for process in reading.processes(diagram)
        for lane in process.iter(f"{B}lane")
        if lane.get("name")
        for reference in lane.findall(f"{B}flowNodeRef")
    }
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) not in FOR_PEOPLE:
            continue
        around = {node.get("id"), *(each.get("id") for each in node.iterancestors())}
        if node.get(f"{C}candidateGroups") or node.get(f"{C}assignee") or around & placed:
            continue
        yield reading.error(
            __name__,
            node,
            f"“{reading.title(node)}” belongs to no agency: it would be in nobody’s list.",
            "Draw it in a lane, or give it candidate groups.",
        )
