"""The least that a field accepts is not more than the most."""

from collections.abc import Iterator
from contextlib import suppress

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each field that accepts no answer at all."""
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            given = reading.constraints(field)
            for low, high in (("min", "max"), ("minlength", "maxlength")):
                with suppress(KeyError, ValueError):  # what is no number is told of by form_field
                    if float(given[low]) > float(given[high]):
                        yield reading.error(
                            __name__,
                            node,
                            f"“{reading.title(node)}”: field “{field.get('id')}” accepts nothing, "
                            f"since {low} is more than {high}.",
                            "Exchange the two.",
                            at=field,
                        )
