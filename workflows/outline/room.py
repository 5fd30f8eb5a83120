"""Room for something new: what stands behind a line moves on, and what is around grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.definitions.elements import tag_of
from workflows.outline import routes
from workflows.outline.drawing import CONTAINERS, B
from workflows.outline.plane import NEAR, Box, Plane, Point

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml import etree

ACROSS: Final = 0
DOWN: Final = 1
_FRAMES: Final = frozenset({"participant", "lane"})


def make_room(
    plane: Plane,
    anchor: str,
    axis: int,
    cut: float,
    by: float,
    *,
    still: Collection[str] = (),
) -> None:
    """Move everything behind a line on by some pixels, and let what the line goes through grow.

    Only what is around the anchor grows: its subprocesses, its pool, and its pool's lanes. Any other
    subprocess stays whole and stands on one side of the line.

    Args:
        plane: Where.
        anchor: Id of the element for which room is made.
        axis: ACROSS moves to the right, DOWN moves downwards.
        cut: Where the line is.
        by: How far, in pixels.
        still: Ids of shapes that stay where they are.
    """
    if by <= 0:
        return
    around = _around(plane, anchor)
    moved: set[str] = set()
    for name in plane.shapes.keys() - set(still):
        unit = _unit(plane, name, around)
        if unit in around:
            _grow(plane, name, (axis, cut, by), moved)
        elif _place(plane, unit, axis) >= cut - NEAR and _comes_along(plane, unit, anchor, axis):
            moved.add(name)
    for name in moved:
        plane.shift(name, *_step(axis, by))
    for flow_id in list(plane.edges):
        _follow(plane, flow_id, moved, (axis, cut, by))
        if around & set(plane.ends(flow_id)) and flow_id in plane.drawing.flows:
            routes.reroute(plane, flow_id)  # its end may stand on an edge that has moved


def _grow(plane: Plane, name: str, line: tuple[int, float, float], moved: set[str]) -> None:
    axis, cut, by = line
    box = plane.box(name)
    if _start(box, axis) >= cut - NEAR:
        moved.add(name)
    elif (box.x + box.width, box.y + box.height)[axis] >= cut - NEAR:
        dx, dy = _step(axis, by)
        plane.put(name, Box(box.x, box.y, box.width + dx, box.height + dy))


def _around(plane: Plane, anchor: str) -> set[str]:
    """Return what grows: subprocesses around the anchor, its pool and the pool's lanes."""
    element = plane.drawing.elements[anchor]
    found = {each.get("id") or "" for each in element.iterancestors() if tag_of(each) in CONTAINERS}
    process = _process(element)
    if process is not None:
        pool = plane.drawing.participant_of(process.get("id") or "")
        found |= {each.get("id") or "" for each in process.iter(f"{B}lane")}
        if pool is not None:
            found.add(pool.get("id") or "")
    return {each for each in found if each in plane.shapes}


def _unit(plane: Plane, name: str, around: set[str]) -> str:
    """Return the outermost drawn thing that a shape moves with."""
    element = plane.drawing.elements.get(name)
    unit = name
    while element is not None:
        host = plane.drawing.elements.get(element.get("attachedToRef") or "")
        element = host if host is not None else element.getparent()
        if element is None or tag_of(element) == "process":
            break
        own = element.get("id") or ""
        if own in around:
            break
        if own in plane.shapes:
            unit = own
    return unit


def _place(plane: Plane, unit: str, axis: int) -> float:
    """Return what tells on which side a shape is: downwards its middle, so that rows stay together."""
    box = plane.box(unit)
    return box.middle[1] if axis == DOWN and plane.kind(unit) not in _FRAMES else _start(box, axis)


def _comes_along(plane: Plane, unit: str, anchor: str, axis: int) -> bool:
    """Tell whether a shape behind the line moves: to the right, only those of the same pool do."""
    if axis == DOWN:
        return True
    mine, other = (_process(plane.drawing.elements.get(each)) for each in (anchor, unit))
    return (other is None and plane.kind(unit) not in _FRAMES) or other is mine


def _process(element: etree._Element | None) -> etree._Element | None:
    return None if element is None else next(element.iterancestors(f"{B}process"), None)


def _follow(plane: Plane, flow_id: str, moved: set[str], line: tuple[int, float, float]) -> None:
    axis, cut, by = line
    dx, dy = _step(axis, by)
    source, target = plane.ends(flow_id)
    points = plane.points(flow_id)
    both, either = source in moved and target in moved, source in moved or target in moved
    if not points or not either:
        return
    was_square = routes.is_square(points)
    label = plane.edge_label(flow_id)
    if label is not None and (both or _start(label, axis) >= cut):
        plane.shift_edge_label(flow_id, dx, dy)
    goes = [both or point[axis] >= cut for point in points]
    goes[0], goes[-1] = source in moved, target in moved
    if goes[0] and len(goes) > 2 and not both:  # noqa: PLR2004 (ends and a bend between)
        goes[1] = goes[1] or abs(points[0][axis] - points[1][axis]) < 1
    if goes[-1] and len(goes) > 2 and not both:  # noqa: PLR2004
        goes[-2] = goes[-2] or abs(points[-1][axis] - points[-2][axis]) < 1
    moved_points: list[Point] = [
        (x + dx, y + dy) if go else (x, y) for (x, y), go in zip(points, goes, strict=True)
    ]
    plane.draw(flow_id, moved_points)
    if was_square and not routes.is_square(moved_points) and flow_id in plane.drawing.flows:
        routes.reroute(plane, flow_id)


def _start(box: Box, axis: int) -> float:
    return (box.x, box.y)[axis]


def _step(axis: int, by: float) -> tuple[float, float]:
    return (by, 0.0) if axis == ACROSS else (0.0, by)
