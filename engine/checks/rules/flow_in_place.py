"""Sequence flows lead from step to step of the same level, into no start and out of no end."""

from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each sequence flow that BPMN does not allow. Source: BPMN 2.0, section 8.3.13."""
    nodes = {node.get("id"): node for node in reading.flow_nodes(diagram)}
    for flow in reading.flows(diagram):
        source, target = nodes.get(flow.get("sourceRef")), nodes.get(flow.get("targetRef"))
        if source is None or target is None:
            continue
        for message, mend in _faults(source, target):
            yield reading.error(__name__, flow, f"The flow “{reading.title(flow)}” {message}", mend)


def _faults(source: etree._Element, target: etree._Element) -> Iterator[tuple[str, str]]:
    if source.getparent() is not target.getparent():
        yield (
            (
                f"leads from “{reading.title(source)}” to “{reading.title(target)}”, across the border "
                "of a subprocess."
            ),
            "End the subprocess, and draw the flow from the subprocess.",
        )
    if reading.tag(target) in {"startEvent", "boundaryEvent"}:
        yield (
            f"leads into the event “{reading.title(target)}”, which no flow can reach.",
            "Lead it to the step after that event.",
        )
    if reading.tag(source) == "endEvent":
        yield (
            f"leaves the end event “{reading.title(source)}”: nothing follows an end.",
            "Make the end an intermediate event, or take the flow away.",
        )
    for node in (source, target):
        if node.get("triggeredByEvent") == "true":
            yield (
                f"touches the event subprocess “{reading.title(node)}”, which its event starts.",
                "Take the flow away.",
            )
