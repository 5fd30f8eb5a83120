"""A BPMN document that is being edited: its nodes and flows by id, and what they stand in.

Nothing is thrown away that is not understood: elements and attributes of other tools stay where they are.
"""

import copy
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from lxml import etree

from engine import errors
from engine.definitions import xml
from engine.definitions.elements import tag_of

B: Final = f"{{{xml.BPMN}}}"
C: Final = f"{{{xml.CAMUNDA}}}"
TASKS: Final = (
    "userTask",
    "serviceTask",
    "sendTask",
    "receiveTask",
    "manualTask",
    "scriptTask",
    "businessRuleTask",
    "task",
)
CONTAINERS: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES: Final = frozenset({*TASKS, *CONTAINERS, "callActivity"})
_ID_LIMIT: Final = 80
_AFTER_NODES: Final = frozenset(
    {
        *("textAnnotation", "association", "group", "artifact"),
        *("resourceRole", "performer", "humanPerformer", "potentialOwner"),
        *("correlationSubscription", "supports", "completionCondition"),
    }
)


class NoSuchStep(errors.NotFound):
    """There is no such step in this draft. It may have been removed meanwhile."""


class CannotEdit(errors.Invalid):
    """This change cannot be made here."""


def is_node(element: etree._Element) -> bool:
    """Tell whether an element is a flow node: an event, an activity or a gateway."""
    tag = tag_of(element)
    if not element.tag or not str(element.tag).startswith(B):
        return False
    return tag in ACTIVITIES or tag.endswith(("Event", "Gateway"))


class Drawing:
    """A BPMN document with its nodes and flows at hand. What edits it says `changed` afterwards."""

    def __init__(self, root: etree._Element) -> None:
        """Work on a copy: the root that was given stays as it is."""
        self.root = copy.deepcopy(root.getroottree()).getroot()

    @classmethod
    def of(cls, data: bytes) -> "Drawing":
        """Return the drawing of a file.

        Raises:
            xml.MalformedXml: it cannot be read safely.
            CannotEdit: it is a decision table.
        """
        root = xml.parse(data)
        if xml.kind_of(root) != "bpmn":
            raise CannotEdit("A decision table has no outline.")
        return cls(root)

    def data(self) -> bytes:
        """Return the file as it now is."""
        data: bytes = etree.tostring(
            self.root.getroottree(), xml_declaration=True, encoding="UTF-8"
        )
        return data.rstrip() + b"\n"

    def changed(self) -> None:
        """Forget what was found, since elements came or went."""
        for name in ("nodes", "flows", "_lanes", "ids", "elements", "_indexes"):
            self.__dict__.pop(name, None)

    # What there is

    @cached_property
    def nodes(self) -> dict[str, etree._Element]:
        """Flow nodes by id, in the order of the file."""
        return {
            each.get("id"): each
            for each in self.root.iter(etree.Element)
            if each.get("id") and is_node(each)
        }

    @cached_property
    def flows(self) -> dict[str, etree._Element]:
        """Sequence flows by id, in the order of the file."""
        return {each.get("id", ""): each for each in self.root.iter(f"{B}sequenceFlow")}

    @cached_property
    def elements(self) -> dict[str, etree._Element]:
        """Everything of BPMN that has an id."""
        return {
            each.get("id"): each
            for each in self.root.iter(etree.Element)
            if each.get("id") and str(each.tag).startswith(B)
        }

    @cached_property
    def ids(self) -> set[str]:
        """All ids that are taken, those of the drawing's shapes too."""
        return {each.get("id") for each in self.root.iter(etree.Element) if each.get("id")}

    @cached_property
    def _lanes(self) -> dict[str, etree._Element]:
        return {
            (reference.text or "").strip(): lane
            for lane in self.root.iter(f"{B}lane")
            for reference in lane.findall(f"{B}flowNodeRef")
        }

    def node(self, element_id: str) -> etree._Element:
        """Return a flow node.

        Raises:
            NoSuchStep: there is none of that id.
        """
        if element_id not in self.nodes:
            raise NoSuchStep
        return self.nodes[element_id]

    def flow(self, flow_id: str) -> etree._Element:
        """Return a sequence flow.

        Raises:
            NoSuchStep: there is none of that id.
        """
        if flow_id not in self.flows:
            raise NoSuchStep("There is no such way on in this draft. It may have been removed.")
        return self.flows[flow_id]

    def outgoing(self, element_id: str) -> list[etree._Element]:
        """Return the flows that lead out of a node, in the order that the node names them."""
        found = self._by("sourceRef").get(element_id, [])
        node = self.nodes.get(element_id)
        if node is None or len(found) < 2:  # noqa: PLR2004 (one has no order)
            return list(found)
        named = [(each.text or "").strip() for each in node.findall(f"{B}outgoing")]
        order = {name: position for position, name in enumerate(named)}
        return sorted(found, key=lambda each: order.get(each.get("id", ""), len(order)))

    def incoming(self, element_id: str) -> list[etree._Element]:
        """Return the flows that lead into a node."""
        return list(self._by("targetRef").get(element_id, ()))

    def boundary_events(self, element_id: str) -> list[etree._Element]:
        """Return the events on the edge of a node."""
        return list(self._by("attachedToRef").get(element_id, ()))

    def _by(self, attribute: str) -> dict[str, list[etree._Element]]:
        """Return flows by their source or target, or events by what they are attached to."""
        if attribute not in self._indexes:
            found: dict[str, list[etree._Element]] = {}
            among = self.nodes if attribute == "attachedToRef" else self.flows
            for each in among.values():
                found.setdefault(each.get(attribute, ""), []).append(each)
            self._indexes[attribute] = found
        return self._indexes[attribute]

    @cached_property
    def _indexes(self) -> dict[str, dict[str, list[etree._Element]]]:
        return {}

    def lane_of(self, node: etree._Element) -> etree._Element | None:
        """Return the lane of a node, through the subprocesses it is in; an inner lane before its outer."""
        current = node
        while current is not None:
            lane = self._lanes.get(current.get("id") or "")
            if lane is None and current.get("attachedToRef"):
                lane = self._lanes.get(current.get("attachedToRef"))
            if lane is not None:
                return lane
            current = current.getparent()
        return None

    def lanes(self, process: etree._Element) -> list[etree._Element]:
        """Return the lanes of a process that hold steps, not other lanes, in the order of the file."""
        return [each for each in process.iter(f"{B}lane") if each.find(f"{B}childLaneSet") is None]

    def process_of(self, element: etree._Element) -> etree._Element:
        """Return the process that an element is in."""
        return next(each for each in element.iterancestors() if each.tag == f"{B}process")

    def participant_of(self, process_id: str) -> etree._Element | None:
        """Return the pool that shows a process, None where none does."""
        for each in self.root.iter(f"{B}participant"):
            reference = (each.get("processRef") or "").rpartition(":")[2]
            if process_id and reference == process_id:
                return each
        return None

    def inside(self, container: etree._Element) -> Iterator[etree._Element]:
        """Yield the flow nodes directly in a process or subprocess."""
        return (each for each in container if is_node(each) and each.get("id"))

    # What is done to it

    def free_id(self, name: str, fallback: str) -> str:
        """Return an id made from a name, in small letters with underscores, that nothing has yet."""
        plain = re.sub(r"[’']", "", name.lower())
        text = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_ID_LIMIT].strip("_") or fallback
        if text[0].isdigit():
            text = f"{fallback}_{text}"
        found, count = text, 1
        while found in self.ids:
            count += 1
            found = f"{text}_{count}"
        self.ids.add(found)
        return found

    def add_node(
        self, container: etree._Element, tag: str, element_id: str, name: str
    ) -> etree._Element:
        """Put a new flow node into a process or subprocess, without flows yet."""
        node = etree.Element(f"{B}{tag}", nsmap=container.nsmap)
        node.set("id", element_id)
        node.set("name", name)
        _insert(container, node)
        self.changed()
        return node

    def add_flow(self, source: str, target: str, name: str = "") -> etree._Element:
        """Let a new sequence flow lead from one node to another of the same container."""
        container = self.node(source).getparent()
        flow = etree.Element(f"{B}sequenceFlow", nsmap=container.nsmap)
        flow.set("id", self.free_id(f"{source}_to_{target}", "flow"))
        if name:
            flow.set("name", name)
        flow.set("sourceRef", source)
        flow.set("targetRef", target)
        _insert(container, flow)
        _refer(self.node(source), "outgoing", flow.get("id"))
        _refer(self.node(target), "incoming", flow.get("id"))
        self.changed()
        return flow

    def retarget(self, flow: etree._Element, target: str) -> None:
        """Let a flow lead to another node."""
        _unrefer(self.nodes.get(flow.get("targetRef", "")), "incoming", flow.get("id", ""))
        flow.set("targetRef", target)
        _refer(self.node(target), "incoming", flow.get("id"))
        self.changed()

    def resource(self, flow: etree._Element, source: str) -> None:
        """Let a flow begin at another node."""
        _unrefer(self.nodes.get(flow.get("sourceRef", "")), "outgoing", flow.get("id", ""))
        flow.set("sourceRef", source)
        _refer(self.node(source), "outgoing", flow.get("id"))
        self.changed()

    def remove_flow(self, flow: etree._Element) -> None:
        """Take a flow away, where it is the default of its gateway that too."""
        flow_id = flow.get("id", "")
        source = self.nodes.get(flow.get("sourceRef", ""))
        _unrefer(source, "outgoing", flow_id)
        _unrefer(self.nodes.get(flow.get("targetRef", "")), "incoming", flow_id)
        if source is not None and source.get("default") == flow_id:
            del source.attrib["default"]
        discard(flow)
        self.changed()

    def remove_node(self, node: etree._Element) -> None:
        """Take a node away, with its place in a lane; its flows must be gone already."""
        inner = {each.get("id") for each in node.iter(etree.Element) if each.get("id")}
        for reference in list(self.root.iter(f"{B}flowNodeRef")):
            if (reference.text or "").strip() in inner:
                discard(reference)
        for each in list(self.root.iter(f"{B}association", f"{B}messageFlow")):
            if each.get("sourceRef") in inner or each.get("targetRef") in inner:
                discard(each)
        discard(node)
        self.changed()

    def put_into_lane(self, node: etree._Element, lane: etree._Element | None) -> None:
        """Let a node stand in a lane, and in no other (a lane's outer lanes name it as well)."""
        node_id = node.get("id", "")
        for reference in list(self.root.iter(f"{B}flowNodeRef")):
            if (reference.text or "").strip() == node_id:
                discard(reference)
        if lane is not None:
            for each in (lane, *lane.iterancestors(f"{B}lane")):
                reference = etree.Element(f"{B}flowNodeRef", nsmap=each.nsmap)
                reference.text = node_id
                _put_in_order(
                    each,
                    reference,
                    ("documentation", "extensionElements", "partitionElement", "flowNodeRef"),
                )
        self.changed()

    def message(self, name: str) -> str:
        """Return the id of the file's message of a name, defined now where it was not."""
        for each in self.root.findall(f"{B}message"):
            if each.get("name") == name:
                return str(each.get("id"))
        message = etree.Element(f"{B}message", nsmap=self.root.nsmap)
        message.set("id", self.free_id(f"message_{name}", "message"))
        message.set("name", name)
        process = self.root.find(f"{B}process")
        _insert_at(self.root, message, list(self.root).index(process))
        self.changed()
        return str(message.get("id"))


def child(parent: etree._Element, tag: str, before: tuple[str, ...]) -> etree._Element:
    """Return the child of that tag, made where it was missing, after all children named in `before`."""
    found = parent.find(tag)
    if found is not None:
        return found
    made = etree.Element(tag, nsmap=parent.nsmap)
    _put_in_order(parent, made, before)
    return made


def extension(node: etree._Element) -> etree._Element:
    """Return the extension elements of a node, made where they were missing."""
    return child(node, f"{B}extensionElements", ("documentation",))


def discard(element: etree._Element) -> None:
    """Take an element out of its parent, and leave the parent's indentation whole."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.getnext() is None:
        if previous is not None:
            previous.tail = element.tail
        elif parent.text and not parent.text.strip():
            parent.text = element.tail
    parent.remove(element)


def append(parent: etree._Element, element: etree._Element) -> None:
    """Put an element at the end of its parent, indented as its siblings are."""
    _insert_at(parent, element, len(parent))


def _put_in_order(parent: etree._Element, element: etree._Element, before: tuple[str, ...]) -> None:
    positions = [index for index, each in enumerate(parent) if tag_of(each) in before]
    _insert_at(parent, element, positions[-1] + 1 if positions else 0)


def _refer(node: etree._Element, tag: str, flow_id: str) -> None:
    before = (
        "documentation",
        "extensionElements",
        "auditing",
        "monitoring",
        "categoryValueRef",
        "incoming",
    )
    reference = etree.Element(f"{B}{tag}", nsmap=node.nsmap)
    reference.text = flow_id
    _put_in_order(node, reference, before if tag == "incoming" else (*before, "outgoing"))


def _unrefer(node: etree._Element | None, tag: str, flow_id: str) -> None:
    for each in [] if node is None else node.findall(f"{B}{tag}"):
        if (each.text or "").strip() == flow_id:
            discard(each)


def _insert(container: etree._Element, element: etree._Element) -> None:
    """Put a flow element after all others, before the artifacts that the schema wants last."""
    position = len(container)
    while position and tag_of(container[position - 1]) in {*_AFTER_NODES, ""}:
        position -= 1
    _insert_at(container, element, position)


def _insert_at(parent: etree._Element, element: etree._Element, position: int) -> None:
    depth = sum(1 for _ in parent.iterancestors()) + 1
    inner, outer = "\n" + "  " * depth, "\n" + "  " * (depth - 1)
    etree.indent(element, level=depth)
    if not len(parent):
        if parent.text is None or not parent.text.strip():
            parent.text = inner
        element.tail = outer
    elif position == 0:
        element.tail = parent.text if parent.text and not parent.text.strip() else inner
    else:
        previous = parent[position - 1]
        element.tail, previous.tail = previous.tail, inner
    parent.insert(position, element)
