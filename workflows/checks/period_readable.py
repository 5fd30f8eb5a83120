"""Every period that a date is moved by can be read."""

from collections.abc import Iterator

from engine.checks import expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.definitions import periods


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each period of `before(…)` and `after(…)` that is none. Source: ISO 8601."""
    for each in expressions.written(diagram.root):
        for text in expressions.last_literals(each.text, "before", "after"):
            try:
                periods.duration(text)
            except periods.BadPeriod as refusal:
                yield reading.error(
                    __name__,
                    each.element,
                    f"“{reading.title(each.element)}”: {refusal.message}",
                    "Write P with a number and D, W, M or Y, such as P2W for two weeks.",
                    at=each.place,
                )
