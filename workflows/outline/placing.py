"""Where a new or moved step stands in the picture, so that nothing overlaps and all stays readable."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from engine.definitions.elements import tag_of
from workflows.outline import room, routes
from workflows.outline.plane import Box, Plane

if TYPE_CHECKING:
    from lxml import etree

    from workflows.outline.drawing import Drawing

GAP: Final = 50  # pixels between steps
ROW: Final = 40  # pixels between rows, with room for a boundary event and its name
MARGIN: Final = 30  # pixels to the edge of a lane or a subprocess
_LABEL: Final = 100
_LANE_HEIGHT: Final = 150


def size_of(plane: Plane, tag: str) -> tuple[float, float]:
    """Return width and height of a shape of a kind; tasks are as large as most others here."""
    if tag.endswith("Event"):
        return 36, 36
    if tag.endswith("Gateway"):
        return 50, 50
    sizes = [
        (plane.box(each).width, plane.box(each).height)
        for each in plane.shapes
        if plane.kind(each).endswith("Task")
    ]
    return max(set(sizes), key=sizes.count) if sizes else (100, 80)


def place_after(plane: Plane, node: etree._Element, before: str, *, row: int = 0) -> None:
    """Draw a new node to the right of another; what follows makes room.

    Args:
        plane: Where.
        node: The new node, in its container and its lane already.
        before: Id of the node that it comes after.
        row: 0 for the row of that node (or of its own lane); 1 for one row below.
    """
    width, height = size_of(plane, tag_of(node))
    host = plane.drawing.nodes[before].get("attachedToRef") or before
    left = plane.box(host)
    middle = _row_in_lane(plane, node, before, left)
    box = Box(left.right + GAP, middle - height / 2, width, height)
    beneath = bool(plane.drawing.nodes[before].get("attachedToRef") or row) and _same_lane(
        plane.drawing, node, before
    )
    if beneath:
        box = _below(plane, before, box)
    box = _clear_of_straddlers(plane, before, box)
    behind = [
        other.x
        for name, other in plane.obstacles(before)
        if other.x >= left.right - 1 and name not in plane.group(host)
    ]
    wanted = box.right + GAP - min(behind, default=box.right + GAP)
    hit = any(other.overlaps(box.wider(15)) for _, other in plane.obstacles(before))
    if hit or not (beneath or row):
        room.make_room(
            plane,
            before,
            room.ACROSS,
            left.right,
            min(wanted, box.width + GAP * 2) if behind else 0,
        )
    box = _settle(plane, before, box)
    plane.add(node.get("id"), box)
    contain(plane, node.get("id"))
    label_shape(plane, node.get("id"))
    clear_lines(plane, node.get("id"))


def place_on_edge(plane: Plane, event: etree._Element, host_id: str) -> None:
    """Draw a boundary event at the lower edge of its host, beside those that are there."""
    host = plane.box(host_id)
    taken = [
        plane.box(each.get("id"))
        for each in plane.drawing.boundary_events(host_id)
        if each.get("id") in plane.shapes
    ]
    for step in range(int(host.width // 10) + 1):
        box = Box(host.right - 28 - step * 10, host.bottom - 18, 36, 36)
        if not any(box.overlaps(other) for other in taken):
            break
    else:
        box = Box(host.x - 18, host.bottom - 18, 36, 36)
    plane.add(event.get("id"), box)
    label_shape(plane, event.get("id"))


def move_to_lane(plane: Plane, node: etree._Element) -> None:
    """Let a node that was put into another lane stand there, right above or below where it was."""
    name = node.get("id")
    box = plane.box(name)
    top = _row_in_lane(plane, node, name, box) - box.height / 2
    lane = plane.drawing.lane_of(node)
    if lane is not None and lane.get("id") in plane.shapes:  # a lane grows downwards only
        top = max(top, plane.box(lane.get("id")).y + MARGIN)
    target = _settle(plane, name, Box(box.x, top, box.width, box.height))
    move(plane, name, target.x - plane.box(name).x, target.y - plane.box(name).y)
    contain(plane, name)
    clear_lines(plane, name)


def move(plane: Plane, name: str, dx: float, dy: float) -> None:
    """Move a shape with all that belongs to it, and let its edges follow."""
    group = plane.group(name)
    for each in group:
        plane.shift(each, dx, dy)
    for flow_id in list(plane.edges):
        ends = set(plane.ends(flow_id))
        if ends and ends <= set(group):
            plane.draw(flow_id, [(x + dx, y + dy) for x, y in plane.points(flow_id)])
            plane.shift_edge_label(flow_id, dx, dy)
        elif ends & set(group):
            _pull(plane, flow_id, set(group), (dx, dy))


def add_lane(plane: Plane, lane: etree._Element, above: etree._Element) -> None:
    """Draw a new lane below another, and move what is below on."""
    upper = plane.box(above.get("id"))
    inside = next(
        (each for each in plane.drawing.nodes if _lane_id(plane.drawing, each) == above.get("id")),
        None,
    )
    if inside is None or inside not in plane.shapes:
        return
    room.make_room(plane, inside, room.DOWN, upper.bottom - 1, _LANE_HEIGHT)
    grown = plane.box(above.get("id"))
    plane.put(above.get("id"), Box(upper.x, upper.y, grown.width, upper.height))
    plane.add(
        lane.get("id"), Box(upper.x, upper.bottom, grown.width, _LANE_HEIGHT), horizontal=True
    )


def contain(plane: Plane, name: str) -> None:
    """Let the lane, the pool and the subprocesses around a shape be large enough for it."""
    node = plane.drawing.nodes[name]
    lane = plane.drawing.lane_of(node)
    frames = [each.get("id") for each in node.iterancestors() if tag_of(each) == "subProcess"]
    if lane is not None and not frames:
        frames.append(lane.get("id"))
    for frame in frames:
        if frame in plane.shapes:
            _stretch(plane, name, frame)
    process = plane.drawing.process_of(node)
    pool = plane.drawing.participant_of(process.get("id") or "")
    if pool is not None and pool.get("id") in plane.shapes:
        _stretch(plane, name, pool.get("id"))


def _stretch(plane: Plane, name: str, frame: str) -> None:
    """Let a frame reach round a shape; what stands behind the frame moves on."""
    mine = plane.group(name)
    inner, outer = plane.box(name), plane.box(frame)
    lack = inner.bottom + MARGIN - outer.bottom
    room.make_room(plane, name, room.DOWN, outer.bottom, lack, still=mine)
    outer = plane.box(frame)
    lack = inner.right + MARGIN - outer.right
    room.make_room(plane, name, room.ACROSS, outer.right, lack, still=mine)


def label_shape(plane: Plane, name: str) -> None:
    """Put the label of an event or a gateway beside it; the name of a task stands within."""
    node = plane.drawing.nodes[name]
    box, text = plane.box(name), (node.get("name") or "").strip()
    kind = tag_of(node)
    if not text or not kind.endswith(("Event", "Gateway")):
        plane.unlabel(name)
        return
    height = 14.0 * (1 + len(text) // 17)
    x = box.middle[0] - _LABEL / 2
    if kind.endswith("Gateway"):
        plane.label(name, Box(x, box.y - 6 - height, _LABEL, height))
    elif kind == "boundaryEvent":
        plane.label(name, Box(box.middle[0] + 8, box.bottom + 4, _LABEL, height))
    else:
        plane.label(name, Box(x, box.bottom + 5, _LABEL, height))


def clear_lines(plane: Plane, name: str) -> None:
    """Let edges that ran where a shape now stands run round it, and its own anew."""
    box = plane.box(name)
    for flow_id in list(plane.edges):
        if flow_id not in plane.drawing.flows:
            continue
        points = plane.points(flow_id)
        hit = any(box.cut_by(*line) for line in pairwise(points))
        if name in plane.ends(flow_id) or hit:
            routes.reroute(plane, flow_id)


def _same_lane(drawing: Drawing, node: etree._Element, before: str) -> bool:
    return drawing.lane_of(node) is drawing.lane_of(drawing.nodes[before])


def _lane_id(drawing: Drawing, name: str) -> str:
    lane = drawing.lane_of(drawing.nodes[name])
    return "" if lane is None else lane.get("id") or ""


def _row_in_lane(plane: Plane, node: etree._Element, before: str, left: Box) -> float:
    """Return the height of the row on which a node stands in its lane, beside what is there already."""
    lane = plane.drawing.lane_of(node)
    other = plane.drawing.lane_of(plane.drawing.nodes[before])
    lane_id = "" if lane is None else lane.get("id") or ""
    if lane is None or lane_id not in plane.shapes or (lane is other and before != node.get("id")):
        return left.middle[1]
    frame = plane.box(lane_id)
    beside = [
        box
        for name, box in plane.obstacles(before)
        if frame.y <= box.middle[1] <= frame.bottom
        and plane.kind(name) != "boundaryEvent"
        and not plane.kind(name).endswith("subProcess")
        and name != node.get("id")
    ]
    if not beside:
        return frame.y + min(frame.height, _LANE_HEIGHT) / 2
    nearest = min(beside, key=lambda box: (abs(box.middle[0] - left.middle[0]), box.y))
    return nearest.middle[1]


def _below(plane: Plane, before: str, box: Box) -> Box:
    """Return a place a row below a node; what stands there moves down."""
    host = plane.box(plane.drawing.nodes[before].get("attachedToRef") or before)
    return Box(box.x, host.bottom + ROW, box.width, box.height)


def _clear_of_straddlers(plane: Plane, before: str, box: Box) -> Box:
    """Return a place right of what begins before the line and ends behind it, in the same row."""
    for _ in range(20):
        hit = [
            other
            for name, other in plane.obstacles(before)
            if other.x < box.x - GAP
            and other.overlaps(box.wider(10))
            and "subProcess" not in plane.kind(name)
        ]
        if not hit:
            return box
        box = Box(max(each.right for each in hit) + GAP, box.y, box.width, box.height)
    return box


def _settle(plane: Plane, name: str, box: Box) -> Box:
    """Return a free place at a box or below it; where none is near, room is made downwards."""
    mine = set(plane.group(name)) if plane.kind(name) != "" else set()
    for _ in range(40):
        hit = [
            (each, other)
            for each, other in _shapes_near(plane, name)
            if each not in mine - {name}
            and other.overlaps(box.wider(12))
            and not _same(each, name, box, other)
        ]
        if not hit:
            return box
        lowest = max(other.bottom for _, other in hit)
        groups = [other.y for each, other in hit if plane.kind(each) == "subProcess"]
        if groups and min(groups) > box.y - ROW:  # what is large moves, not we
            room.make_room(plane, name, room.DOWN, min(groups), box.bottom + ROW - min(groups))
        else:
            box = Box(box.x, lowest + ROW, box.width, box.height)
    return box


def _shapes_near(plane: Plane, name: str) -> list[tuple[str, Box]]:
    return [
        *plane.obstacles(name),
        *([(name, plane.box(name))] if name in plane.shapes else []),
    ]


def _same(each: str, name: str, box: Box, other: Box) -> bool:
    """Tell whether a shape only meets itself: it is moving away from where it is."""
    return (
        each == name and (box.width, box.height) == (other.width, other.height) and box.x == other.x
    )


def _pull(plane: Plane, flow_id: str, group: set[str], by: tuple[float, float]) -> None:
    if flow_id in plane.drawing.flows:
        routes.reroute(plane, flow_id)
        return
    points = plane.points(flow_id)
    source, target = plane.ends(flow_id)
    for end, position in ((source, 0), (target, -1)):
        if end in group and points:
            points[position] = (points[position][0] + by[0], points[position][1] + by[1])
    plane.draw(flow_id, points)


def resettle(plane: Plane, name: str) -> None:
    """Move a shape down where another stands in its place."""
    box = plane.box(name)
    if not any(other.overlaps(box) for _, other in plane.obstacles(name) if other != box):
        return
    target = _settle(plane, name, box)
    move(plane, name, target.x - box.x, target.y - box.y)
    contain(plane, name)
    clear_lines(plane, name)
