"""Draw small BPMN diagrams in a line or two: what matters is how the flows run."""

from lxml import etree

from engine.checks.diagram import Diagram
from engine.definitions import xml

_HEAD = f'<definitions xmlns="{xml.BPMN}" targetNamespace="test" id="drawn">'
_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "task": "userTask",
    "call": "callActivity",
    "sub": "subProcess",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "complex": "complexGateway",
    "events": "eventBasedGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "on": "boundaryEvent",
}


def node(kind: str, name: str, inside: str = "", **attributes: str) -> str:
    """Return an element; `definition="error"` puts that event definition into it, with `code`."""
    definition, code = attributes.pop("definition", ""), attributes.pop("code", "")
    if definition:
        said = f'name="{code}"' if definition == "link" else f'{definition}Ref="{code}"'
        inside += f"<{definition}EventDefinition {said if code else ''}/>"
    said = "".join(f' {key.strip("_")}="{value}"' for key, value in attributes.items())
    tag = _TAGS.get(kind, kind)
    return f'<{tag} id="{name}"{said}>{inside}</{tag}>'


def draw(text: str, *further: str) -> str:
    """Return the elements of a scope.

    Args:
        text: Chains of nodes such as `start:s > task:a > xor:x > end:e; x > a`. A node is named with its kind
            once. `x >? a` is a flow with a condition.
        further: Elements made by `node`, which the chains may name without a kind.
    """
    elements, flows = list(further), []
    for chain in filter(None, (part.strip() for part in text.split(";"))):
        before, conditional = "", False
        for word in chain.split():
            if word in {">", ">?"}:
                conditional = word == ">?"
                continue
            kind, colon, name = word.rpartition(":")
            if colon:
                elements.append(node(kind, name))
            if before:
                flows.append(_flow(before, name, conditional=conditional))
            before = name
    return "".join(elements + flows)


def _flow(source: str, target: str, *, conditional: bool) -> str:
    condition = "<conditionExpression>x</conditionExpression>" if conditional else ""
    return (
        f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">'
        f"{condition}</sequenceFlow>"
    )


def handler(name: str, *, beside: bool = False, definition: str = "message", code: str = "") -> str:
    """Return an event subprocess; `beside` says that it does not interrupt."""
    start = {"isInterrupting": "false"} if beside else {}
    begin = node("start", f"{name}_s", definition=definition, code=code, **start)
    return node(
        "sub",
        name,
        draw(f"{name}_s > task:{name}_a > end:{name}_e", begin),
        triggeredByEvent="true",
    )


def on(activity: str, name: str, **attributes: str) -> str:
    """Return a boundary event of an activity."""
    return node("on", name, attachedToRef=activity, **attributes)


def document(*processes: str, further: str = "") -> etree._Element:
    """Return a document whose processes are `p`, `p1`, … and hold what `draw` returned."""
    bodies = (
        f'<process id="p{number or ""}">{body}</process>' for number, body in enumerate(processes)
    )
    return xml.parse(f"{_HEAD}{further}{''.join(bodies)}</definitions>".encode())


def diagram(text: str, *further: str) -> Diagram:
    """Return a diagram of one process; see `draw`."""
    return Diagram("drawn.bpmn", document(draw(text, *further)))
