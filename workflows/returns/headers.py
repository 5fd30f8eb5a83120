"""What the header of the return says of the authority: its number, and whether it has the officers."""

from collections.abc import Mapping
from typing import Final

from workflows.returns import codes, formats
from workflows.returns.fields import Format

OFFICERS: Final = {
    "DMO": "Designated medical officer",
    "DCO": "Designated clinical officer",
    "DSCO": "Designated social care officer",
}
ITEMS: Final = {"LEA": "Number of the authority", **OFFICERS}


def faults(values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what is missing or wrong: item to messages."""
    wrong: dict[str, tuple[str, ...]] = {}
    if not formats.FITS[Format.LA](values.get("LEA", "")):
        wrong["LEA"] = ("Enter the three figures of the authority",)
    for each, title in OFFICERS.items():
        if values.get(each, "") not in codes.lists()["officer"].codes:
            wrong[each] = (f"{title}: choose yes, no or recruitment in progress",)
    return wrong
