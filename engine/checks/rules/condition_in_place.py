"""A condition stands only where it is asked for: on a flow out of a gateway that chooses."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each condition that would never be asked for."""
    nodes = {node.get("id"): node for node in reading.flow_nodes(diagram)}
    for flow in reading.flows(diagram):
        source = nodes.get(flow.get("sourceRef"))
        condition = flow.find(f"{B}conditionExpression")
        if condition is None or source is None:
            continue
        if reading.tag(source) not in {"exclusiveGateway", "inclusiveGateway"}:
            yield reading.error(
                __name__,
                flow,
                f"The condition of the flow out of “{reading.title(source)}” is never asked for: the "
                "flow is always taken.",
                "Take the condition away, or draw an exclusive gateway before it.",
                at=condition,
            )
        elif source.get("default") == flow.get("id"):
            yield reading.error(
                __name__,
                flow,
                f"The default flow of “{reading.title(source)}” has a condition, which is never "
                "asked for.",
                "Take the condition away: the default is taken when no other way is open.",
                at=condition,
            )
