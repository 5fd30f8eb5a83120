"""Whether a question is put depends on earlier questions, not on itself or on later ones."""

import re
from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each `shown_if` that looks at its own field or at one further down the form."""
    for node in reading.flow_nodes(diagram):
        fields = reading.form_fields(node)
        for position, field in enumerate(fields):
            words = set(re.findall(r"\w+", reading.field_properties(field).get("shown_if") or ""))
            before = {each.get("id") for each in fields[:position]}
            for later in fields[position:]:
                name = later.get("id") or ""
                if name in words - before:
                    yield reading.error(
                        __name__,
                        node,
                        f"“{reading.title(node)}”: whether “{field.get('id')}” is asked depends on "
                        f"“{name}”, which has not been answered there.",
                        f"Move “{name}” up in the form.",
                        at=field,
                    )
