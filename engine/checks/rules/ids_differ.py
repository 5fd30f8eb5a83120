"""Elements of processes that call each other have different ids."""

from collections.abc import Iterator

from engine.checks import calls, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each element whose id another process has that runs in the same case."""
    files = calls.live(diagram)
    own = calls.key_of(diagram.root)
    beside: dict[str, str] = {}
    for caller in (own, *calls.callers(own, files)):
        for key in calls.reached(caller, files):
            if key != own:
                beside |= dict.fromkeys(_ids(Diagram(key, files[key])), key)
    for node in reading.flow_nodes(diagram):
        if other := beside.get(node.get("id", "")):
            yield reading.error(
                __name__,
                node,
                f"The id “{node.get('id')}” is used in “{other}” too, and the two processes run in "
                "one case: the engine could not tell the elements apart.",
                "Give this element another id.",
            )


def _ids(diagram: Diagram) -> Iterator[str]:
    return (node.get("id", "") for node in reading.flow_nodes(diagram))
