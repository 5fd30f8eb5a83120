"""How an edge runs from one shape to another: with right angles, and round what stands in the way."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from workflows.outline.plane import Box, Plane, Point

CLEAR: Final = 20  # pixels between an edge and what it goes round
_BEND: Final = 60  # a bend is worth that many pixels of way
_HIT: Final = 10_000
_SHARED: Final = 200  # two ways out of a question that begin on one line hide which is which
_TWICE: Final = 3_000  # going over another edge's line


def reroute(plane: Plane, flow_id: str) -> None:
    """Draw the edge of a sequence flow anew, if both of its ends are drawn."""
    source, target = plane.ends(flow_id)
    if source not in plane.shapes or target not in plane.shapes:
        return
    obstacles = [box for name, box in plane.obstacles(source) if name != target]
    lines = _other_lines(plane, flow_id)
    ends = (plane.box(source), plane.box(target))
    siblings = _siblings(plane, flow_id)
    best = min(
        _ways(*ends, plane.kind(source), obstacles),
        key=lambda way: (
            _cost(way, obstacles, lines, ends)
            + _SHARED * sum(_along(way[0], way[1], line) for line in siblings)
        ),
    )
    plane.draw(flow_id, best)
    name = plane.drawing.flows[flow_id].get("name") or ""
    if name.strip():
        plane.label(flow_id, _label(best, name))
    else:
        plane.unlabel(flow_id)


def is_square(points: Sequence[Point]) -> bool:
    """Tell whether all lines run along the axes."""
    return all(
        abs(one[0] - other[0]) < 1 or abs(one[1] - other[1]) < 1 for one, other in pairwise(points)
    )


def _ways(source: Box, target: Box, kind: str, obstacles: Sequence[Box]) -> Iterator[list[Point]]:
    (sx, sy), (tx, ty) = source.middle, target.middle
    sides = () if kind == "boundaryEvent" else (((source.right, sy), 1),)
    for (x, y), _ in sides:
        if target.x > x and abs(ty - y) < 1:
            yield [(x, y), (target.x, y)]
        for bend in _between(x, target.x):
            yield [(x, y), (bend, y), (bend, ty), (target.x, ty)]
        for end in (target.y, target.bottom):
            if tx > x + 1:
                yield [(x, y), (tx, y), (tx, end)]
    for start, end in ((source.bottom, target.y), (source.y, target.bottom)):
        if abs(sx - tx) < 1:
            yield [(sx, start), (tx, end)]
        yield [(sx, start), (sx, ty), (target.x if target.x > sx else target.right, ty)]
        middle = (start + end) / 2
        yield [(sx, start), (sx, middle), (tx, middle), (tx, end)]
    yield from _round(source, target, obstacles)


def _round(source: Box, target: Box, obstacles: Sequence[Box]) -> Iterator[list[Point]]:
    """Yield ways above and below everything between the two."""
    left, right = min(source.x, target.x), max(source.right, target.right)
    between = [each for each in obstacles if each.x < right and each.right > left]
    boxes = (source, target, *between)
    heights = {min(each.y for each in boxes) - CLEAR, max(each.bottom for each in boxes) + CLEAR}
    heights |= {source.y - CLEAR, source.bottom + CLEAR, target.y - CLEAR, target.bottom + CLEAR}
    heights |= {each.y - CLEAR for each in between[:12]} | {
        each.bottom + CLEAR for each in between[:12]
    }
    (sx, _), (tx, ty) = source.middle, target.middle
    edges = (source.y, source.bottom, target.y, target.bottom)
    for height in sorted(each for each in heights if not _hugs(each, edges)):
        start = source.y if height < source.y else source.bottom
        end = target.y if height < target.y else target.bottom
        if not source.y < height < source.bottom and not target.y < height < target.bottom:
            yield [(sx, start), (sx, height), (tx, height), (tx, end)]
        for bend, side in ((target.x - CLEAR, target.x), (target.right + CLEAR, target.right)):
            if not source.y < height < source.bottom:
                yield [(sx, start), (sx, height), (bend, height), (bend, ty), (side, ty)]


def _hugs(height: float, edges: Sequence[float]) -> bool:
    """Tell whether a line would run along an edge of the shapes that it connects."""
    return any(abs(height - each) < CLEAR / 2 for each in edges)


def _between(left: float, right: float) -> Iterable[float]:
    if right - left < CLEAR / 2:
        return ()
    return tuple(dict.fromkeys((left + (right - left) / 2, right - CLEAR, left + CLEAR)))


def _cost(
    way: Sequence[Point],
    obstacles: Sequence[Box],
    lines: Sequence[tuple[Point, Point]],
    ends: tuple[Box, Box],
) -> float:
    cost = float(len(way) * _BEND)
    for one, other in pairwise(way):
        cost += abs(one[0] - other[0]) + abs(one[1] - other[1])
        cost += _HIT * sum(each.wider(4).cut_by(one, other) for each in obstacles)
        cost += _HIT * sum(each.wider(-1).cut_by(one, other) for each in ends)
        cost += _TWICE * sum(_along(one, other, line) for line in lines)
    backwards = way[-2][0] > way[-1][0] + 1  # into a shape from its right
    return cost + (_BEND * 2 if backwards else 0)


def _along(one: Point, other: Point, line: tuple[Point, Point]) -> bool:
    """Tell whether two lines lie on each other for a while."""
    for axis in (0, 1):
        across = 1 - axis
        flat = abs(one[across] - other[across]) < 1 and abs(line[0][across] - line[1][across]) < 1
        if flat and abs(one[across] - line[0][across]) < 6:  # noqa: PLR2004 (pixels one can tell apart)
            low, high = sorted((one[axis], other[axis]))
            first, last = sorted((line[0][axis], line[1][axis]))
            if min(high, last) - max(low, first) > 2:  # noqa: PLR2004 (more than a corner)
                return True
    return False


def _other_lines(plane: Plane, flow_id: str) -> list[tuple[Point, Point]]:
    """Return the lines of edges that share no end with a flow: these must not be drawn over."""
    ends = set(plane.ends(flow_id))
    found = []
    for other in plane.edges:
        if other != flow_id and not ends & set(plane.ends(other)):
            points = plane.points(other)
            found += list(pairwise(points))
    return found


def _siblings(plane: Plane, flow_id: str) -> list[tuple[Point, Point]]:
    """Return the first lines of the other ways out of the same gateway."""
    source = plane.ends(flow_id)[0]
    if not plane.kind(source).endswith("Gateway"):
        return []
    others = [each for each in plane.edges if each != flow_id and plane.ends(each)[0] == source]
    return [(points[0], points[1]) for each in others if len(points := plane.points(each)) > 1]


def _label(way: Sequence[Point], name: str) -> Box:
    """Return where a flow's name stands: at the beginning of its first long line."""
    width = min(90.0, max(24.0, 6.2 * len(name)))
    height = 14.0 * (1 + int(6.2 * len(name) // 90))
    (x, y), (nx, ny) = way[0], way[1]
    if abs(x - nx) < 1:
        down = ny > y
        return Box(x + 6, y + 6 if down else y - 6 - height, width, height)
    return Box(x + 6 if nx > x else x - 6 - width, y - 4 - height, width, height)
