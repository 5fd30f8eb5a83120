"""Every expression can be read, names only what exists, and has the type that is wanted."""

from collections.abc import Iterator

from engine.checks import expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each expression that does not compile, with the column."""
    scope = expressions.scope(diagram)
    for each in expressions.written(diagram.root):
        if found := expressions.mistake(each, scope):
            yield reading.error(
                __name__,
                each.element,
                f"“{reading.title(each.element)}”: {found.message}",
                "Correct the expression; names come from forms, scripts and variable.… of the process.",
                at=each.place,
            )
