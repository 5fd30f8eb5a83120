"""Change steps that are there: name, kind, agency, order; and take them away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.definitions.elements import tag_of
from workflows.outline import placing, routes
from workflows.outline.drawing import TASKS, B, C, CannotEdit, Drawing, append, child, discard
from workflows.outline.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONLY_OF: Final = {
    "topic": ("serviceTask", "sendTask"),
    "type": ("serviceTask", "sendTask"),
    "candidateGroups": ("userTask", "manualTask", "task"),
    "assignee": ("userTask", "manualTask", "task"),
    "dueDate": ("userTask", "manualTask", "task"),
    "decisionRef": ("businessRuleTask",),
    "resultVariable": ("businessRuleTask", "scriptTask"),
}


def rename(drawing: Drawing, element_id: str, name: str) -> None:
    """Give a step another name; its id stays, since running cases and comments know it by that."""
    node = drawing.node(element_id)
    if (node.get("name") or "") == name:
        return
    node.set("name", name)
    plane = Plane.showing(drawing, element_id)
    if plane is not None:
        placing.label_shape(plane, element_id)


def change_kind(drawing: Drawing, element_id: str, tag: str) -> None:
    """Let a task be of another kind; what only the old kind knew is taken away.

    Raises:
        CannotEdit: it is no task, or the kind is none.
    """
    node = drawing.node(element_id)
    if tag_of(node) == tag:
        return
    if tag_of(node) not in TASKS or tag not in TASKS:
        raise CannotEdit("Only a task can become another kind of task.")
    node.tag = f"{B}{tag}"
    for name, kinds in _ONLY_OF.items():
        if tag not in kinds:
            node.attrib.pop(f"{C}{name}", None)
    if tag != "scriptTask":
        for each in node.findall(f"{B}script"):
            discard(each)
    drawing.changed()


def change_lane(drawing: Drawing, element_id: str, lane_id: str) -> None:
    """Let another agency do a step: it moves to that lane, in the model and in the picture.

    Raises:
        CannotEdit: there is no such lane, or the step is in no lane of its own.
    """
    node, lane = drawing.node(element_id), drawing.elements.get(lane_id)
    if lane is None or tag_of(lane) != "lane":
        raise CannotEdit("There is no such lane. It may have been removed.")
    if drawing.lane_of(node) is lane:
        return
    if tag_of(node.getparent()) != "process" or node.get("attachedToRef"):
        raise CannotEdit("This step stands in the lane of what it is part of.")
    events = drawing.boundary_events(element_id)
    for each in (node, *events):
        drawing.put_into_lane(each, lane)
    plane = Plane.showing(drawing, element_id)
    if plane is not None and lane_id in plane.shapes:
        placing.move_to_lane(plane, node)


def new_lane(drawing: Drawing, process: etree._Element, name: str) -> str:
    """Add a lane below the others of a process, and return its id.

    Raises:
        CannotEdit: the process has no lanes to add one to.
    """
    lanes = drawing.lanes(process)
    if not lanes:
        raise CannotEdit("This diagram has no lanes. Say the role on the step itself.")
    last = lanes[-1]
    lane = etree.Element(f"{B}lane", nsmap=last.nsmap)
    lane.set("id", drawing.free_id(f"{process.get('id')}_lane_{len(lanes) + 1}", "lane"))
    lane.set("name", name)
    append(last.getparent(), lane)
    drawing.changed()
    plane = Plane.showing(drawing, last.get("id") or "")
    if plane is not None:
        placing.add_lane(plane, lane, last)
    return str(lane.get("id"))


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking a step away would mean.

    Attributes:
        also: Names of what goes with it: events on its edge, and what only they lead to.
        loose_before: Names of steps after which nothing would come any more.
        loose_after: Names of steps to which nothing would lead any more.
        removed: Ids of all that goes.
    """

    also: tuple[str, ...]
    loose_before: tuple[str, ...]
    loose_after: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def needs_thought(self) -> bool:
        """Something else goes with it, or is left dangling."""
        return bool(self.also or self.loose_before or self.loose_after)


def what_removal_means(drawing: Drawing, element_id: str) -> Removal:
    """Return what goes with a step, and what is left dangling without it."""
    node = drawing.node(element_id)
    gone = {
        element_id,
        *(
            each.get("id")
            for each in node.iterdescendants(etree.Element)
            if each.get("id") in drawing.nodes
        ),
    }
    gone |= _only_from_events(drawing, gone)
    out = [each for each in drawing.outgoing(element_id) if each.get("targetRef") not in gone]
    into = [each for each in drawing.incoming(element_id) if each.get("sourceRef") not in gone]
    before: list[str] = []
    after: list[str] = []
    if not (len(out) == 1 and into):
        after = [each.get("targetRef", "") for each in out if _others_in(drawing, each, gone) == 0]
        before = [
            each.get("sourceRef", "") for each in into if _others_out(drawing, each, gone) == 0
        ]
    also = [each for each in drawing.nodes if each in gone and each != element_id]
    return Removal(
        tuple(_called(drawing, each) for each in also),
        tuple(_called(drawing, each) for each in dict.fromkeys(before)),
        tuple(_called(drawing, each) for each in dict.fromkeys(after)),
        tuple(gone),
    )


def remove(drawing: Drawing, element_id: str) -> None:
    """Take a step away with what `what_removal_means` names; one way in and on become one."""
    gone = set(what_removal_means(drawing, element_id).removed)
    out = [each for each in drawing.outgoing(element_id) if each.get("targetRef") not in gone]
    into = [each for each in drawing.incoming(element_id) if each.get("sourceRef") not in gone]
    plane = Plane.showing(drawing, element_id)
    kept: list[etree._Element] = []
    if len(out) == 1 and into:
        target = out[0].get("targetRef", "")
        for flow in into:
            if flow.get("sourceRef") != target:
                drawing.retarget(flow, target)
                kept.append(flow)
    _remove_all(drawing, gone, plane)
    for flow in _without_doubles(drawing, kept, plane):
        if plane is not None:
            routes.reroute(plane, flow.get("id") or "")


def _remove_all(drawing: Drawing, gone: set[str], plane: Plane | None) -> None:
    erased = set(gone)
    for flow in list(drawing.flows.values()):
        if {flow.get("sourceRef"), flow.get("targetRef")} & gone:
            erased.add(flow.get("id") or "")
            drawing.remove_flow(flow)
    for each in gone:
        node = drawing.nodes.get(each)
        if node is not None:
            erased |= {
                one.get("id") for one in node.iterdescendants(etree.Element) if one.get("id")
            }
            drawing.remove_node(node)
    if plane is not None:
        plane.erase(erased)
        plane.erase({each for each in plane.edges if each not in drawing.elements})


def _without_doubles(
    drawing: Drawing, flows: Iterable[etree._Element], plane: Plane | None
) -> list[etree._Element]:
    """Take away plain ways that now lead where another of the same step leads; return the rest."""
    kept = []
    for flow in flows:
        same = [
            each
            for each in drawing.outgoing(flow.get("sourceRef", ""))
            if each is not flow and each.get("targetRef") == flow.get("targetRef")
        ]
        if same and not tag_of(drawing.node(flow.get("sourceRef", ""))).endswith("Gateway"):
            drawing.remove_flow(flow)
            if plane is not None:
                plane.erase({flow.get("id") or ""})
        else:
            kept.append(flow)
    return kept


def _only_from_events(drawing: Drawing, gone: set[str]) -> set[str]:
    """Return the events on the edges of what goes, and what nothing else leads to."""
    found = {each.get("id") or "" for one in gone for each in drawing.boundary_events(one)}
    ahead = list(found)
    while ahead:
        for flow in drawing.outgoing(ahead.pop()):
            target = flow.get("targetRef", "")
            sources = {each.get("sourceRef") for each in drawing.incoming(target)}
            if target not in found | gone and sources <= found | gone - {""} and sources <= found:
                found.add(target)
                ahead.append(target)
    return found


def _others_in(drawing: Drawing, flow: etree._Element, gone: set[str]) -> int:
    found = drawing.incoming(flow.get("targetRef", ""))
    return sum(each.get("sourceRef") not in gone for each in found)


def _others_out(drawing: Drawing, flow: etree._Element, gone: set[str]) -> int:
    found = drawing.outgoing(flow.get("sourceRef", ""))
    return sum(each.get("targetRef") not in gone for each in found)


def _called(drawing: Drawing, element_id: str) -> str:
    return drawing.nodes[element_id].get("name") or element_id


def move_earlier(drawing: Drawing, element_id: str) -> None:
    """Let a step and the one before it change places.

    Raises:
        CannotEdit: it does not follow a single step in a line.
    """
    into, out = drawing.incoming(element_id), drawing.outgoing(element_id)
    if len(into) != 1 or len(out) != 1:
        raise CannotEdit(
            "Only a step with one way in and one way on can be moved. Change the ways instead."
        )
    between = into[0]
    before = between.get("sourceRef", "")
    drawing.node(element_id)
    if not _is_movable(drawing, before) or before == out[0].get("targetRef"):
        raise CannotEdit(f"This step cannot come before “{_called(drawing, before)}”.")
    first = drawing.incoming(before)
    for flow in first:
        drawing.retarget(flow, element_id)
    _turn(drawing, between)
    drawing.resource(out[0], before)
    drawing.changed()
    _swap(drawing, before, element_id, [*first, between, out[0]])


def move_later(drawing: Drawing, element_id: str) -> None:
    """Let a step and the one after it change places.

    Raises:
        CannotEdit: no single step follows it in a line.
    """
    out = drawing.outgoing(element_id)
    if len(out) != 1:
        raise CannotEdit("Only a step with one way on can be moved. Change the ways instead.")
    after = out[0].get("targetRef", "")
    if not _is_movable(drawing, element_id) or len(drawing.incoming(after)) != 1:
        raise CannotEdit(f"This step cannot come after “{_called(drawing, after)}”.")
    if not _is_movable(drawing, after):
        raise CannotEdit(f"This step cannot come after “{_called(drawing, after)}”.")
    move_earlier(drawing, after)


def _is_movable(drawing: Drawing, element_id: str) -> bool:
    node = drawing.node(element_id)
    waits = tag_of(node).endswith("Gateway") or tag_of(node) == "boundaryEvent"
    return (
        not waits and len(drawing.outgoing(element_id)) == 1 and bool(drawing.incoming(element_id))
    )


def _turn(drawing: Drawing, flow: etree._Element) -> None:
    source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
    for element_id, old, new in (
        (source, "outgoing", "incoming"),
        (target, "incoming", "outgoing"),
    ):
        for each in drawing.node(element_id).findall(f"{B}{old}"):
            if (each.text or "").strip() == flow.get("id"):
                discard(each)
        before = (
            "documentation",
            "extensionElements",
            "auditing",
            "monitoring",
            "categoryValueRef",
            "incoming",
        )
        made = etree.Element(f"{B}{new}", nsmap=drawing.node(element_id).nsmap)
        made.text = flow.get("id")
        _put(drawing.node(element_id), made, before if new == "incoming" else (*before, "outgoing"))
    flow.set("sourceRef", target)
    flow.set("targetRef", source)
    drawing.changed()


def _put(node: etree._Element, made: etree._Element, before: tuple[str, ...]) -> None:
    marker = child(node, f"{B}placeholder", before)
    made.tail = marker.tail
    node.replace(marker, made)


def _swap(drawing: Drawing, first: str, second: str, flows: list[etree._Element]) -> None:
    plane = Plane.showing(drawing, first)
    if plane is None or second not in plane.shapes:
        return
    one, other = plane.box(first), plane.box(second)
    if one.right <= other.x:
        placing.move(plane, second, one.x - other.x, 0)
        placing.move(plane, first, other.right - one.width - one.x, 0)
    else:
        placing.move(plane, second, one.middle[0] - other.middle[0], 0)
        placing.move(plane, first, other.middle[0] - one.middle[0], 0)
    for name in (second, first):
        placing.resettle(plane, name)
    for flow in flows:
        routes.reroute(plane, flow.get("id") or "")
