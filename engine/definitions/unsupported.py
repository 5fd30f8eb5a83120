"""Constructs that would not run as they are drawn: each refused with a reason and an alternative.

Source: what SpiffWorkflow 3.2.0 does when tried.
"""

import graphlib
from collections.abc import Iterator

from lxml import etree

from engine.definitions import xml
from engine.definitions.malformed import MalformedDiagram

_B = f"{{{xml.BPMN}}}"
_ELEMENTS = {
    "adHocSubProcess": "An ad hoc subprocess is not run. Draw its tasks in parallel, or one by one.",
    "transaction": "A transaction is not run. Use a subprocess with an error boundary event.",
    "complexGateway": "A complex gateway is not run. Use an inclusive gateway.",
    "compensateEventDefinition": "Compensation is not run. Draw the undoing as tasks.",
    "linkEventDefinition": "Link events are not run. Draw the sequence flow.",
    "conditionalEventDefinition": "A conditional event is not run. Use a message or a timer.",
    "signalEventDefinition": "A signal is not run. Use a message.",
    "cancelEventDefinition": "A cancel event is not run. Use an error end event.",
    "dataStore": "A data store is not run. Keep the values in the form fields.",
    "standardLoopCharacteristics": "A standard loop is not run. Draw the way back to the task.",
}


def refuse_unsupported(process: etree._Element, name: str) -> None:
    """Refuse what would be accepted and then run wrongly.

    Raises:
        MalformedDiagram: naming every such element, with its line and what to do instead.
    """
    found = [
        (_element(node), f"Line {node.sourceline}: {reason}") for node, reason in faults(process)
    ]
    if found:
        raise MalformedDiagram(
            f"{name}: " + " ".join(text for _, text in found),
            errors={element: (text,) for element, text in found},
        )


def faults(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield every such place, with why it is refused and what to do instead."""
    yield from _endless(process)
    yield from _starts(process)
    for node in process.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith(_B):
            continue
        reason = _ELEMENTS.get(etree.QName(node).localname) or _reason(node)
        if reason:
            yield node, reason


def _element(node: etree._Element) -> str:
    owner = node if node.get("name") else node.getparent()
    return node.get("id") or (owner.get("id") if owner is not None else "") or ""


def _starts(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Find processes and subprocesses that do not begin with one plain start event."""
    for holder in (process, *process.iter(f"{_B}subProcess")):
        if holder.get("triggeredByEvent") == "true":
            continue
        starts = holder.findall(f"{_B}startEvent")
        name = holder.get("name") or holder.get("id")
        if len(starts) != 1:
            yield holder, f"“{name}” has {len(starts)} start events. Draw one."
        for start in starts:
            yield from _start(start, by_message=holder is process)


def _start(start: etree._Element, *, by_message: bool) -> Iterator[tuple[etree._Element, str]]:
    kinds = {
        etree.QName(child).localname
        for child in start
        if isinstance(child.tag, str) and etree.QName(child).localname.endswith("EventDefinition")
    }
    if kinds - ({"messageEventDefinition"} if by_message else set()):
        yield (
            start,
            (
                "A process is started by a person, a call or a message. "
                "Begin with a plain start event, and wait for anything else after it."
            ),
        )


def _endless(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Find ways back that no gateway leads out of: SpiffWorkflow looks ahead along them for ever."""
    chosen = {
        f"{_B}{kind}" for kind in ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway")
    }
    nodes = {node.get("id"): node for node in process.iter() if node.get("id")}
    onward: dict[str, list[str]] = {}
    for flow in process.iter(f"{_B}sequenceFlow"):
        source = nodes.get(flow.get("sourceRef"))
        if source is not None and source.tag not in chosen:
            onward.setdefault(flow.get("sourceRef") or "", []).append(flow.get("targetRef") or "")
    try:
        graphlib.TopologicalSorter(onward).prepare()
    except graphlib.CycleError as error:
        element = nodes[error.args[1][0]]
        yield (
            element,
            (
                f"The way back to “{element.get('name') or element.get('id')}” "
                "has no gateway that leads out of it. Add an exclusive gateway."
            ),
        )


def _reason(node: etree._Element) -> str:  # noqa: PLR0911 (one answer a construct)
    tag = etree.QName(node).localname
    if tag == "subProcess" and node.get("triggeredByEvent") == "true":
        return _event_subprocess(node)
    if tag == "loopCardinality":
        return "A number of rounds is not run. Give the multi-instance a collection."
    if tag == "timeCycle" and not _repeats_beside(node):
        return "A cycle is run only on an event that does not interrupt."
    if tag == "scriptTask" and node.get("scriptFormat", "cel") != "cel":
        return f"Scripts are written in cel, not in {node.get('scriptFormat')}."
    if tag == "multiInstanceLoopCharacteristics" and not node.get(f"{{{xml.CAMUNDA}}}collection"):
        return "A multi-instance needs a collection and an element variable."
    return ""


def _repeats_beside(cycle: etree._Element) -> bool:
    definition = cycle.getparent()
    event = definition.getparent() if definition is not None else None
    return event is not None and "false" in {
        event.get("cancelActivity"),
        event.get("isInterrupting"),
    }


def _event_subprocess(node: etree._Element) -> str:
    start = node.find(f"{_B}startEvent")
    kinds = ("messageEventDefinition", "timerEventDefinition")
    if start is None or all(start.find(f"{_B}{kind}") is None for kind in kinds):
        return "An event subprocess is run only when it starts with a message or a timer."
    parent = node.getparent()
    if parent is None or parent.tag != f"{_B}process":
        return (
            "An event subprocess is run at the level of the process only. Use a boundary event "
            "on the subprocess."
        )
    return ""
