"""Which duties a text of a diagram names: the property `duty`, or the date of a timer."""

import re
from collections.abc import Iterator

from workflows.rulebook.model import Rulebook

_CODE = re.compile(r"(?<![\w.])[a-z_]+\.[a-z_0-9]+")
_KIND = re.compile(r"""\b(?:due_of|duty_of)\(\s*['"](\w+)['"]""")
# `${remedy_by}.amend`, and `remedy_by + '.amend'`: the area stands in a variable.
_ENDING = re.compile(r"""(?:\}|\+\s*['"])\.(\w+)""")
_AREAS = frozenset({"order", "unopposed", "agreement"})


def duties_in(text: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the codes of the duties that a text names, in the order of the rulebook."""
    return tuple(dict.fromkeys(_duties(text, rulebook)))


def _duties(text: str, rulebook: Rulebook) -> Iterator[str]:
    if not text:
        return
    codes = set(_CODE.findall(text))
    kinds = set(_KIND.findall(text))
    endings = set(_ENDING.findall(text))
    for duty in rulebook.duties:
        area, _, last = duty.code.partition(".")
        if (
            duty.code in codes
            or (duty.kind and duty.kind in kinds)
            or (area in _AREAS and last in endings)
        ):
            yield duty.code
