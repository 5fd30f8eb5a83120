"""Every field of a form has a usable id, a known type and bounds that are numbers."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.definitions import forms


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield all that is wrong with a field."""
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            for message, mend in _faults(field):
                yield reading.error(
                    __name__, node, f"“{reading.title(node)}”: {message}", mend, at=field
                )


def _faults(field: etree._Element) -> Iterator[tuple[str, str]]:
    name, kind = field.get("id") or "", field.get("type") or ""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        yield (
            f"a field has the id “{name}”.",
            "Use small letters, digits and underscores, and begin with a letter.",
        )
    if kind not in set(forms.FieldType):
        yield (
            f"field “{name}” has the type “{kind}”, which is not known.",
            f"Choose one of {', '.join(forms.FieldType)}.",
        )
    if not (field.get("label") or "").strip():
        yield f"field “{name}” has no label: nobody could read the question.", "Give it a label."
    given = reading.constraints(field)
    for each in ("min", "max", "minlength", "maxlength"):
        if each in given and not re.fullmatch(r"-?\d+(\.\d+)?", given[each].strip()):
            yield f"{each} of field “{name}” is “{given[each]}”.", "Write a number."
