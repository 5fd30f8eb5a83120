"""Let event subprocesses of a process run: as boundary events around its body.

SpiffWorkflow 3.2.0 ignores `isInterrupting`. A boundary event on an embedded subprocess does as it
is drawn, so the process is rewritten, for the engine alone, into a subprocess with
boundary events; every element keeps its id. Source: BPMN 2.0, section 10.3.5 (event subprocess).
"""

import copy

from lxml import etree

from engine.definitions import xml

_B = f"{{{xml.BPMN}}}"
BODY = "__body"


def wrap(process: etree._Element) -> etree._Element:
    """Return the process as the engine runs it; the given one is left as it is."""
    handlers = process.findall(f"{_B}subProcess[@triggeredByEvent='true']")
    if not handlers:
        return process
    rewritten = copy.deepcopy(process)
    key = rewritten.get("id", "")
    inside = [
        child
        for child in rewritten
        if isinstance(child.tag, str)
        and etree.QName(child).localname not in {"laneSet", "extensionElements", "documentation"}
    ]
    handlers = [child for child in inside if child.get("triggeredByEvent") == "true"]
    body = _node(rewritten, "subProcess", key + BODY)
    for child in inside:
        if child not in handlers:
            body.append(child)
    _node(rewritten, "startEvent", f"{key}__start")
    _node(rewritten, "endEvent", f"{key}__end")
    _flow(rewritten, f"{key}__start", key + BODY)
    _flow(rewritten, key + BODY, f"{key}__end")
    for handler in handlers:
        _attach(rewritten, handler, key)
    return rewritten


def _attach(process: etree._Element, handler: etree._Element, key: str) -> None:
    """Turn the handler's start event into a boundary event of the body that leads to the handler."""
    start = handler.find(f"{_B}startEvent")
    if start is None:
        return
    event_id, handler_id = start.get("id", ""), handler.get("id", "")
    boundary = copy.deepcopy(start)
    boundary.tag = f"{_B}boundaryEvent"
    interrupting = boundary.attrib.pop("isInterrupting", "true")
    boundary.set("attachedToRef", key + BODY)
    boundary.set("cancelActivity", interrupting)
    for reference in boundary.findall(f"{_B}outgoing"):
        boundary.remove(reference)
    process.append(boundary)
    for definition in ("messageEventDefinition", "timerEventDefinition"):
        for found in start.findall(f"{_B}{definition}"):
            start.remove(found)
    start.set("id", f"{event_id}__inner")
    for flow in handler.findall(f"{_B}sequenceFlow[@sourceRef='{event_id}']"):
        flow.set("sourceRef", f"{event_id}__inner")
    handler.attrib.pop("triggeredByEvent")
    process.append(handler)
    _node(process, "endEvent", f"{handler_id}__end")
    _flow(process, event_id, handler_id)
    _flow(process, handler_id, f"{handler_id}__end")


def _node(parent: etree._Element, tag: str, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{_B}{tag}", id=name)


def _flow(parent: etree._Element, source: str, target: str) -> None:
    etree.SubElement(
        parent,
        f"{_B}sequenceFlow",
        id=f"{source}__to__{target}",
        sourceRef=source,
        targetRef=target,
    )
