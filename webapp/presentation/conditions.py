"""When a question is put: for a page that can tell by one other answer."""

import re
from typing import Final

from engine.definitions.forms import FormField

_ONE_ANSWER: Final = re.compile(r"^\s*([a-z_][a-z0-9_]*)\s*==\s*(?:\"([^\"]*)\"|(true|false))\s*$")


def shown_by(field: FormField) -> tuple[str, str] | None:
    """Return the field and the answer that bring a question up, None where it always stands.

    A condition of another kind leaves the question standing: whoever answers in vain loses nothing,
    since an answer that was not asked for is not kept.
    """
    found = _ONE_ANSWER.match(field.shown_if.text) if field.shown_if else None
    if found is None:
        return None
    return found[1], found[2] if found[2] is not None else found[3]
