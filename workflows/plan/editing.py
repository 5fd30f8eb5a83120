"""Which tasks are done in the plan editor, and for which kind of version."""

from collections.abc import Mapping
from typing import Final

FORM_KEY: Final = "plan"  # camunda:formKey of a task whose sections stand in the editor


def is_final(properties: Mapping[str, object]) -> bool:
    """Tell whether a task makes the final plan (property `plan`, value `final`), or a draft."""
    return properties.get("plan") == "final"
