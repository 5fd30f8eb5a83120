"""Constructs that would not run as they are drawn: each refused with a reason and an alternative.

Source: what SpiffWorkflow 3.2.0 does when tried.
"""

import graphlib
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from engine.definitions import xml
from engine.definitions.malformed import MalformedDiagram

_B = f"{{{xml.BPMN}}}"
_CYCLES: Final = 20  # ways back that are told of in one file
_ELEMENTS = {
    "adHocSubProcess": "An ad hoc subprocess is not run. Draw its tasks in parallel, or one by one.",
    "transaction": "A transaction is not run. Use a subprocess with an error boundary event.",
    "complexGateway": "A complex gateway is not run. Use an inclusive gateway.",
    "compensateEventDefinition": "Compensation is not run. Draw the undoing as tasks.",
    "linkEventDefinition": "Link events are not run. Draw the sequence flow.",
    "conditionalEventDefinition": "A conditional event is not run. Use a message or a timer.",
    "signalEventDefinition": "A signal is not run. Use a message.",
    "cancelEventDefinition": "A cancel event is not run. Use an error end event.",
    "dataStoreReference": "A data store is not run. Keep the values in the form fields.",
    "dataInputAssociation": "A data association is not run. Keep the values in the form fields.",
    "dataOutputAssociation": "A data association is not run. Keep the values in the form fields.",
    "ioSpecification": "Inputs and outputs of a step are not run. Keep the values in the form fields.",
    "standardLoopCharacteristics": "A standard loop is not run. Draw the way back to the task.",
    "loopCardinality": "A number of rounds is not run. Give the multi-instance a collection.",
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
    yield from _splits(process)
    for node in process.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith(_B):
            continue
        reason = _ELEMENTS.get(_tag(node)) or _reason(node)
        if reason:
            yield node, reason


def _element(node: etree._Element) -> str:
    owner = node if node.get("name") else node.getparent()
    return node.get("id") or (owner.get("id") if owner is not None else "") or ""


def _tag(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _title(node: etree._Element) -> str:
    return node.get("name") or node.get("id") or ""


def _starts(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Find processes and subprocesses that do not begin with one plain start event."""
    for holder in (process, *process.iter(f"{_B}subProcess")):
        if holder.get("triggeredByEvent") == "true":
            continue
        starts = holder.findall(f"{_B}startEvent")
        if len(starts) != 1:
            yield holder, f"“{_title(holder)}” has {len(starts)} start events. Draw one."
        for start in starts:
            if _definitions(start) - ({"messageEventDefinition"} if holder is process else set()):
                yield (
                    start,
                    (
                        "A process is started by a person, a call or a message. "
                        "Begin with a plain start event, and wait for anything else after it."
                    ),
                )


def _splits(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Find steps that several flows leave, and gateways that wait for no event."""
    nodes = {node.get("id"): node for node in process.iter() if node.get("id")}
    onward: dict[str, list[str]] = {}
    for flow in process.iter(f"{_B}sequenceFlow"):
        onward.setdefault(flow.get("sourceRef") or "", []).append(flow.get("targetRef") or "")
    for source, targets in onward.items():
        node = nodes.get(source)
        if node is None:
            continue
        if len(targets) > 1 and _tag(node).endswith(("ask", "Process", "callActivity")):
            yield (
                node,
                "Several flows out of a step are not run. Draw a gateway after it.",
            )
        awaited = [nodes[each] for each in targets if each in nodes]
        if _tag(node) == "eventBasedGateway" and not all(map(_can_be_awaited, awaited)):
            yield (
                node,
                (
                    "After an event-based gateway only events that wait are run. "
                    "Draw a message, a timer or a receive task after it."
                ),
            )


def _can_be_awaited(node: etree._Element) -> bool:
    return _tag(node) in {"intermediateCatchEvent", "receiveTask"}


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
    for _ in range(_CYCLES):
        cycle = _cycle(onward)
        if not cycle:
            return
        element = nodes.get(cycle[1], process)
        yield (
            element,
            (
                f"The way back to “{_title(element)}” "
                "has no gateway that leads out of it. Add an exclusive gateway."
            ),
        )
        for each in cycle:
            onward.pop(each, None)


def _cycle(onward: dict[str, list[str]]) -> list[str]:
    try:
        graphlib.TopologicalSorter(onward).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def _reason(node: etree._Element) -> str:
    if _tag(node) == "subProcess" and node.get("triggeredByEvent") == "true":
        return _event_subprocess(node)
    if _tag(node) == "scriptTask" and node.get("scriptFormat", "cel") != "cel":
        return f"Scripts are written in cel, not in {node.get('scriptFormat')}."
    return next((reason for is_so, reason in _SHAPES.items() if is_so(node)), "")


def _definitions(event: etree._Element) -> set[str]:
    return {_tag(child) for child in event if _tag(child).endswith(("Definition", "DefinitionRef"))}


def _interrupts(event: etree._Element) -> bool:
    return "false" not in {event.get("cancelActivity"), event.get("isInterrupting")}


def _is_interrupting_cycle(node: etree._Element) -> bool:
    definition = node.getparent()
    event = definition.getparent() if definition is not None else None
    return _tag(node) == "timeCycle" and (event is None or _interrupts(event))


def _is_multi_instance_of_nothing(node: etree._Element) -> bool:
    return _tag(node) == "multiInstanceLoopCharacteristics" and not all(
        node.get(f"{{{xml.CAMUNDA}}}{each}") for each in ("collection", "elementVariable")
    )


def _waits_for_nothing(node: etree._Element) -> bool:
    return _tag(node) in {"intermediateCatchEvent", "boundaryEvent"} and not _definitions(node)


def _goes_on_after_an_error(node: etree._Element) -> bool:
    return (
        _tag(node) == "boundaryEvent"
        and "errorEventDefinition" in _definitions(node)
        and not _interrupts(node)
    )


def _counts_tokens(node: etree._Element) -> bool:
    return {node.get("startQuantity", "1"), node.get("completionQuantity", "1")} != {"1"}


def _begins_a_process(node: etree._Element) -> bool:
    return bool(node.get("instantiate") == "true")


def _waits_for_all(node: etree._Element) -> bool:
    return bool(
        node.get("parallelMultiple") == "true" or node.get("eventGatewayType") == "Parallel"
    )


def _compensates(node: etree._Element) -> bool:
    return bool(node.get("isForCompensation") == "true")


_SHAPES: Final[dict[Callable[[etree._Element], bool], str]] = {
    _is_interrupting_cycle: "A cycle is run only on an event that does not interrupt.",
    _is_multi_instance_of_nothing: "A multi-instance needs a collection and an element variable.",
    _waits_for_nothing: (
        "An event that waits for nothing is not run. Give it a timer or a message, "
        "or draw an event that throws."
    ),
    _goes_on_after_an_error: "An error always interrupts. Use an escalation to go on beside it.",
    _counts_tokens: "A number of tokens is not run. Draw a multi-instance, or parallel ways.",
    _begins_a_process: (
        "A step that begins a process is not run. Begin with a start event with a message."
    ),
    _waits_for_all: "Waiting for several events at once is not run. Draw them in parallel.",
    _compensates: "A step for compensation is not run. Draw the undoing as tasks.",
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
