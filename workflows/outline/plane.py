"""The picture of a diagram: where its shapes stand and how its edges run."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.definitions.elements import tag_of
from workflows.outline.drawing import CONTAINERS, B, discard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workflows.outline.drawing import Drawing

DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
DD: Final = "{http://www.omg.org/spec/DD/20100524/DI}"
NEAR: Final = 1.5  # pixels by which lines of other tools miss what they should meet
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels; x to the right, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Box:
        """Return it elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def wider(self, margin: float) -> Box:
        """Return it with a margin on all sides."""
        return Box(
            self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin
        )

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share an area."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether the other lies within."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def cut_by(self, one: Point, other: Point) -> bool:
        """Tell whether a line from one point to another goes through the inside."""
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        return left < self.right and right > self.x and top < self.bottom and bottom > self.y


class Plane:
    """The shapes and edges of the plane on which one element is drawn."""

    def __init__(self, drawing: Drawing, holder: etree._Element) -> None:
        """Look at a plane of a drawing."""
        self.drawing = drawing
        self.holder = holder

    @classmethod
    def showing(cls, drawing: Drawing, element_id: str) -> Plane | None:
        """Return the plane that shows an element, None where it is not drawn."""
        for shape in drawing.root.iter(f"{DI}BPMNShape"):
            if shape.get("bpmnElement", "").rpartition(":")[2] == element_id:
                return cls(drawing, shape.getparent())
        return None

    @cached_property
    def shapes(self) -> dict[str, etree._Element]:
        """Shapes by the id of what they show."""
        found: dict[str, etree._Element] = {}
        for each in self.holder.findall(f"{DI}BPMNShape"):
            if each.find(f"{DC}Bounds") is not None:
                found.setdefault(each.get("bpmnElement", "").rpartition(":")[2], each)
        return found

    @cached_property
    def edges(self) -> dict[str, etree._Element]:
        """Edges by the id of what they show."""
        found: dict[str, etree._Element] = {}
        for each in self.holder.findall(f"{DI}BPMNEdge"):
            found.setdefault(each.get("bpmnElement", "").rpartition(":")[2], each)
        return found

    def box(self, element_id: str) -> Box:
        """Return where an element stands."""
        return _read(self.shapes[element_id].find(f"{DC}Bounds"))

    def put(self, element_id: str, box: Box) -> None:
        """Let an element that is drawn stand elsewhere, or be larger; its label stays."""
        _write(self.shapes[element_id].find(f"{DC}Bounds"), box)

    def points(self, flow_id: str) -> list[Point]:
        """Return the points of an edge."""
        return [
            (_number(each, "x"), _number(each, "y"))
            for each in self.edges[flow_id].findall(f"{DD}waypoint")
        ]

    def draw(self, flow_id: str, points: Sequence[Point]) -> None:
        """Let an edge run along points; it is drawn where it was not."""
        edge = self.edges.get(flow_id)
        if edge is None:
            edge = self._add("BPMNEdge", flow_id)
            self.__dict__.pop("edges", None)
        for each in edge.findall(f"{DD}waypoint"):
            discard(each)
        for position, (x, y) in enumerate(points):
            waypoint = etree.Element(f"{DD}waypoint", nsmap={"di": DD[1:-1]})
            waypoint.set("x", _text(x))
            waypoint.set("y", _text(y))
            edge.insert(position, waypoint)
        etree.indent(edge, level=4 - 1)

    def add(self, element_id: str, box: Box, *, horizontal: bool = False) -> None:
        """Draw an element that was not drawn yet."""
        shape = self._add("BPMNShape", element_id)
        if horizontal:
            shape.set("isHorizontal", "true")
        if tag_of(self.drawing.elements[element_id]) == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        _write(etree.SubElement(shape, f"{DC}Bounds", nsmap={"dc": DC[1:-1]}), box)
        etree.indent(shape, level=4 - 1)
        self.__dict__.pop("shapes", None)

    def label(self, element_id: str, box: Box) -> None:
        """Put the label of a shape or an edge somewhere."""
        owner = self.shapes.get(element_id)
        owner = self.edges[element_id] if owner is None else owner
        holder = owner.find(f"{DI}BPMNLabel")
        if holder is None:
            holder = etree.SubElement(owner, f"{DI}BPMNLabel")
        bounds = holder.find(f"{DC}Bounds")
        if bounds is None:
            bounds = etree.SubElement(holder, f"{DC}Bounds", nsmap={"dc": DC[1:-1]})
        _write(bounds, box)
        etree.indent(owner, level=4 - 1)

    def unlabel(self, element_id: str) -> None:
        """Let a label stand where the reader of the file puts it."""
        owner = self.shapes.get(element_id)
        owner = self.edges.get(element_id) if owner is None else owner
        for each in [] if owner is None else owner.findall(f"{DI}BPMNLabel"):
            discard(each)

    def erase(self, element_ids: set[str]) -> None:
        """Draw some elements no longer, on whichever plane they are."""
        for each in list(self.drawing.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")):
            if each.get("bpmnElement", "").rpartition(":")[2] in element_ids:
                discard(each)
        for name in ("shapes", "edges"):
            self.__dict__.pop(name, None)

    def shift(self, element_id: str, dx: float, dy: float) -> None:
        """Move a shape with its label; nothing else moves with it."""
        for bounds in self.shapes[element_id].iter(f"{DC}Bounds"):
            _write(bounds, _read(bounds).moved(dx, dy))

    def shift_edge_label(self, flow_id: str, dx: float, dy: float) -> None:
        """Move the label of an edge, where it has a place of its own."""
        for bounds in self.edges[flow_id].iter(f"{DC}Bounds"):
            _write(bounds, _read(bounds).moved(dx, dy))

    def edge_label(self, flow_id: str) -> Box | None:
        """Return where the label of an edge stands, None where the reader of the file decides."""
        bounds = next(self.edges[flow_id].iter(f"{DC}Bounds"), None)
        return None if bounds is None else _read(bounds)

    # What stands where

    def kind(self, element_id: str) -> str:
        """Return the tag of what a shape shows."""
        element = self.drawing.elements.get(element_id)
        return "" if element is None else tag_of(element)

    def group(self, element_id: str) -> list[str]:
        """Return an element with all that moves with it: its boundary events, what is in it."""
        found = [element_id]
        element = self.drawing.elements.get(element_id)
        if element is not None and tag_of(element) in CONTAINERS:
            found += [
                each.get("id") for each in element.iterdescendants(etree.Element) if each.get("id")
            ]
        for event in self.drawing.boundary_events(element_id):
            found.append(event.get("id"))
        for each in found[1:]:
            found += [one.get("id") for one in self.drawing.boundary_events(each)]
        return [each for each in dict.fromkeys(found) if each in self.shapes]

    def obstacles(self, around: str) -> Iterator[tuple[str, Box]]:
        """Yield what stands in the way of others within the container of an element."""
        element = self.drawing.elements[around]
        container = element.getparent()
        for each in container:
            name = each.get("id") or ""
            if name in self.shapes and name != around and each.tag != f"{B}laneSet":
                yield name, self.box(name)

    def ends(self, flow_id: str) -> tuple[str, str]:
        """Return what an edge connects: ids of its source and its target, "" where that is not told."""
        element = self.drawing.elements.get(flow_id)
        if element is None:
            return "", ""
        if tag_of(element) in {"dataInputAssociation", "dataOutputAssociation"}:
            activity = element.getparent().get("id") or ""
            if tag_of(element) == "dataInputAssociation":
                return (element.findtext(f"{B}sourceRef") or "").strip(), activity
            return activity, (element.findtext(f"{B}targetRef") or "").strip()
        return tuple(  # type: ignore[return-value]
            (element.get(name) or "").rpartition(":")[2] for name in ("sourceRef", "targetRef")
        )

    def _add(self, kind: str, element_id: str) -> etree._Element:
        made = etree.SubElement(self.holder, f"{DI}{kind}")
        made.set("id", self.drawing.free_id(f"{element_id}_di", "shape"))
        made.set("bpmnElement", element_id)
        previous = made.getprevious()
        if previous is not None:
            made.tail, previous.tail = previous.tail, "\n" + "  " * 3
        return made


def _number(element: etree._Element, name: str) -> float:
    try:
        value = float(element.get(name, "0"))
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


def _read(bounds: etree._Element) -> Box:
    return Box(*(_number(bounds, name) for name in ("x", "y", "width", "height")))


def _write(bounds: etree._Element, box: Box) -> None:
    for name in ("x", "y", "width", "height"):
        bounds.set(name, _text(getattr(box, name)))


def _text(value: float) -> str:
    rounded = round(value, 2)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
