"""Every task for people goes to a role that somebody can have."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B, C
from engine.definitions.elements import role_code
from workflows.access.people import ROLE_NAMES


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each task whose lane or candidate group is no role."""
    lanes = {
        (reference.text or "").strip(): lane.get("name") or ""
        for process in reading.processes(diagram)
        for lane in process.iter(f"{B}lane")
        for reference in lane.findall(f"{B}flowNodeRef")
    }
    for node in reading.flow_nodes(diagram):
        if reading.tag(node) not in {"userTask", "manualTask", "task"}:
            continue
        groups = node.get(f"{C}candidateGroups") or ""
        role = groups.strip() or role_code(_lane(node, lanes))
        if role and "${" not in role and role not in ROLE_NAMES:
            where = f"the group “{groups}”" if groups else f"the lane “{_lane(node, lanes)}”"
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” is for {where}, a role that nobody can have.",
                f"Choose one of {', '.join(ROLE_NAMES.values())}.",
            )


def _lane(node: etree._Element, lanes: dict[str, str]) -> str:
    """Return the name of the lane that an element lies in, itself or by what it is within."""
    return next(
        (lanes[key] for each in (node, *node.iterancestors()) if (key := each.get("id")) in lanes),
        "",
    )
