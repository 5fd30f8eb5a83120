"""Processes that call this one still find the names that their expressions use."""

from collections.abc import Iterator

from engine.checks import calls, expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.definitions import parser


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each expression of a caller that would no longer compile."""
    files = calls.live(diagram)
    for caller in calls.callers(calls.key_of(diagram.root), files):
        processes = calls.processes(calls.reached(caller, files), files)
        scope = parser.names_of(processes, diagram.signatures)
        for each in expressions.written(files[caller]):
            if found := expressions.mistake(each, scope):
                yield reading.error(
                    __name__,
                    diagram.root,
                    f"“{caller}” calls this process, and its element "
                    f"“{reading.title(each.element)}” could no longer be read: {found.message}",
                    "Keep the name, or publish the changed caller together with this file.",
                )
