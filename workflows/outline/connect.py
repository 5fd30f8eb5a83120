"""Change which step comes after which, and on what condition."""

from lxml import etree

from engine.definitions import expressions
from engine.definitions.elements import tag_of
from workflows.outline import routes
from workflows.outline.drawing import B, CannotEdit, Drawing, append, discard
from workflows.outline.insert import XSI
from workflows.outline.plane import Plane

_SPLITS = (
    "exclusiveGateway",
    "inclusiveGateway",
    "parallelGateway",
    "eventBasedGateway",
    "complexGateway",
)


def targets(drawing: Drawing, source: str) -> list[etree._Element]:
    """Return the steps that a way out of a step may lead to."""
    node = drawing.node(source)
    return [
        each
        for each in drawing.inside(node.getparent())
        if tag_of(each) not in {"startEvent", "boundaryEvent"}
        and each.get("triggeredByEvent") != "true"
        and each is not node
    ]


def connect(drawing: Drawing, source: str, target: str, name: str = "") -> str:
    """Let a way lead from a step to another, and return the id of the flow.

    Raises:
        CannotEdit: nothing may follow the one or lead to the other, or there is a way on already.
    """
    node = drawing.node(source)
    if tag_of(node) == "endEvent" or node.get("triggeredByEvent") == "true":
        raise CannotEdit("Nothing follows this step.")
    if target not in {each.get("id") for each in targets(drawing, source)}:
        raise CannotEdit(
            "Select the step that comes next",
            errors={"target": ("Select the step that comes next",)},
        )
    ways = drawing.outgoing(source)
    if ways and tag_of(node) not in _SPLITS:
        raise CannotEdit(
            "This step has a way on already. Change that one, or add a question or parallel "
            "branches after it."
        )
    if any(each.get("targetRef") == target for each in ways) and tag_of(node) == "parallelGateway":
        raise CannotEdit("These branches lead there already.")
    flow = drawing.add_flow(source, target, name)
    _redraw(drawing, source, flow)
    return str(flow.get("id"))


def lead_to(drawing: Drawing, flow_id: str, target: str) -> None:
    """Let a way lead to another step.

    Raises:
        CannotEdit: nothing may lead there.
    """
    flow = drawing.flow(flow_id)
    if flow.get("targetRef") == target:
        return
    if target not in {each.get("id") for each in targets(drawing, flow.get("sourceRef", ""))}:
        raise CannotEdit(
            "Select the step that comes next",
            errors={"target": ("Select the step that comes next",)},
        )
    drawing.retarget(flow, target)
    _redraw(drawing, target, flow)


def disconnect(drawing: Drawing, flow_id: str) -> None:
    """Take a way away."""
    flow = drawing.flow(flow_id)
    plane = Plane.showing(drawing, flow.get("sourceRef", ""))
    drawing.remove_flow(flow)
    if plane is not None:
        plane.erase({flow_id})


def set_condition(
    drawing: Drawing, flow_id: str, condition: str, *, name: str, default: bool
) -> None:
    """Say when a way out of a question is taken: an expression, or that no other way is.

    Raises:
        CannotEdit: the expression is too long, or stands on the default.
    """
    flow = drawing.flow(flow_id)
    gateway = drawing.node(flow.get("sourceRef", ""))
    if default and condition.strip():
        raise CannotEdit(
            "A way that is taken where no other is has no condition",
            errors={
                "condition": (
                    "Remove the condition, or say that this is not the way taken otherwise",
                )
            },
        )
    if len(condition) > expressions.LENGTH_LIMIT:
        raise CannotEdit(
            "The condition is too long",
            errors={"condition": ("The condition must be 2,000 characters or fewer",)},
        )
    if default:
        gateway.set("default", flow_id)
    elif gateway.get("default") == flow_id:
        del gateway.attrib["default"]
    _write(flow, condition.strip())
    if name:
        flow.set("name", name)
    else:
        flow.attrib.pop("name", None)
    _redraw(drawing, flow.get("sourceRef", ""), flow)


def _write(flow: etree._Element, condition: str) -> None:
    for each in flow.findall(f"{B}conditionExpression"):
        discard(each)
    if not condition:
        return
    made = etree.Element(f"{B}conditionExpression", nsmap=flow.nsmap)
    prefix = next((name for name, uri in flow.nsmap.items() if uri == B[1:-1]), None)
    made.set(f"{XSI}type", f"{prefix}:tFormalExpression" if prefix else "tFormalExpression")
    made.text = condition if condition.startswith("${") else f"${{{condition}}}"
    append(flow, made)


def _redraw(drawing: Drawing, near: str, flow: etree._Element) -> None:
    plane = Plane.showing(drawing, near)
    if plane is not None:
        routes.reroute(plane, flow.get("id") or "")
