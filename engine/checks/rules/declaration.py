"""Every variable that is declared has a known type, and every line of a script is an assignment."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.definitions import declarations


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each declaration and each line of a script that is none."""
    for process in reading.processes(diagram):
        for node, words in declarations.faults(process):
            owner = reading.owner(node)
            message, _, mend = words.rpartition("; " if "; " in words else ". ")
            yield reading.error(
                __name__,
                owner,
                f"“{reading.title(owner)}”: {message.removesuffix('.')}.",
                mend[:1].upper() + mend[1:],
                at=node,
            )
