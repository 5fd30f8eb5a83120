"""What rules read of a diagram, and how they tell of it."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.definitions import xml

B: Final = f"{{{xml.BPMN}}}"
C: Final = f"{{{xml.CAMUNDA}}}"
ACTIVITIES: Final = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
        "businessRuleTask", "callActivity", "subProcess", "transaction", "adHocSubProcess",
    }
)  # fmt: skip
EVENTS: Final = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
GATEWAYS: Final = frozenset(
    {
        "exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway",
        "complexGateway",
    }
)  # fmt: skip
FLOW_NODES: Final = ACTIVITIES | EVENTS | GATEWAYS


def tag(node: etree._Element) -> str:
    """Return an element's tag where it is of BPMN, else ""."""
    if not isinstance(node.tag, str) or not node.tag.startswith(B):
        return ""
    return node.tag.removeprefix(B)


def processes(diagram: Diagram) -> list[etree._Element]:
    """Return the processes of the file."""
    found: list[etree._Element] = diagram.root.findall(f"{B}process")
    return found


def flow_nodes(diagram: Diagram) -> Iterator[etree._Element]:
    """Yield the flow nodes of all processes, those within subprocesses too."""
    for process in processes(diagram):
        yield from (node for node in process.iter() if tag(node) in FLOW_NODES)


def flows(diagram: Diagram) -> Iterator[etree._Element]:
    """Yield the sequence flows of all processes."""
    for process in processes(diagram):
        yield from process.iter(f"{B}sequenceFlow")


def outgoing(diagram: Diagram) -> dict[str, list[etree._Element]]:
    """Return the sequence flows by the element that they leave."""
    found: dict[str, list[etree._Element]] = {}
    for flow in flows(diagram):
        found.setdefault(flow.get("sourceRef", ""), []).append(flow)
    return found


def incoming(diagram: Diagram) -> dict[str, list[etree._Element]]:
    """Return the sequence flows by the element that they lead to."""
    found: dict[str, list[etree._Element]] = {}
    for flow in flows(diagram):
        found.setdefault(flow.get("targetRef", ""), []).append(flow)
    return found


def properties(node: etree._Element) -> dict[str, str]:
    """Return the extension properties of an element."""
    holder = node.find(f"{B}extensionElements/{C}properties")
    if holder is None:
        return {}
    return {
        each.get("name") or "": each.get("value") or "" for each in holder.findall(f"{C}property")
    }


def form_fields(node: etree._Element) -> list[etree._Element]:
    """Return the fields of an element's form."""
    found: list[etree._Element] = node.findall(f"{B}extensionElements/{C}formData/{C}formField")
    return found


def constraints(field: etree._Element) -> dict[str, str]:
    """Return the constraints of a form's field."""
    return {
        each.get("name") or "": each.get("config") or ""
        for each in field.findall(f"{C}validation/{C}constraint")
    }


def field_properties(field: etree._Element) -> dict[str, str]:
    """Return the properties of a form's field."""
    return {
        each.get("id") or each.get("name") or "": each.get("value") or ""
        for each in field.findall(f"{C}properties/{C}property")
    }


def title(node: etree._Element) -> str:
    """Return the name of an element on one line, or else its id."""
    return " ".join((node.get("name") or node.get("id") or "").split())


def owner(node: etree._Element) -> etree._Element:
    """Return the element of the canvas that something within it belongs to."""
    current: etree._Element | None = node
    while current is not None:
        if tag(current) in FLOW_NODES | {"sequenceFlow", "process"} and current.get("id"):
            return current
        current = current.getparent()
    return node


def error(
    module: str,
    node: etree._Element,
    message: str,
    mend: str = "",
    *,
    at: etree._Element | None = None,
) -> Problem:
    """Return what keeps a diagram from being published.

    Args:
        module: The rule's `__name__`.
        node: The element that it is about.
        message: What is wrong.
        mend: What to do about it.
        at: The part of the element that it stands in, for the line.
    """
    return _problem(module, Severity.ERROR, (node, node if at is None else at), message, mend)


def warning(module: str, node: etree._Element, message: str, mend: str = "") -> Problem:
    """Return what does not keep a diagram from being published; arguments as of `error`."""
    return _problem(module, Severity.WARNING, (node, node), message, mend)


def _problem(
    module: str,
    severity: Severity,
    place: tuple[etree._Element, etree._Element],
    message: str,
    mend: str,
) -> Problem:
    node, at = place
    rule = module.rpartition(".")[2]
    return Problem(rule, severity, node.get("id") or "", at.sourceline or 0, message, mend)
