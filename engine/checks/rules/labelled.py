"""Steps, events, questions and the answers to them have a name."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem

_CHOOSING: Final = frozenset({"exclusiveGateway", "inclusiveGateway"})


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each element that people could not speak of."""
    leaving = reading.outgoing(diagram)
    for node in reading.flow_nodes(diagram):
        flows = leaving.get(node.get("id", ""), [])
        asks = reading.tag(node) in _CHOOSING and len(flows) > 1
        named = asks or reading.tag(node) in reading.ACTIVITIES | reading.EVENTS
        if named and not (node.get("name") or "").strip():
            what = (
                "gateway"
                if asks
                else "step"
                if reading.tag(node) in reading.ACTIVITIES
                else "event"
            )
            yield reading.warning(
                __name__,
                node,
                f"The {what} “{node.get('id')}” has no name: people could not tell what it is.",
                "Name it: a step with verb and object, an event by what has happened, a gateway by "
                "its question.",
            )
        for flow in flows if asks else ():
            if not (flow.get("name") or "").strip():
                yield reading.warning(
                    __name__,
                    flow,
                    f"A flow out of the question “{reading.title(node)}” has no label: people could "
                    "not tell which answer it is.",
                    "Label the flow with the answer.",
                )
