"""What a manager can do to many things at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST: Final = 1_000  # items of one batch


class Operation(StrEnum):
    """What is done to each item."""

    REASSIGN = "reassign"
    RELEASE = "release"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    ESCALATE = "escalate"
    RETRY = "retry"


class Kind(StrEnum):
    """What an item is."""

    TASK = "task"
    INSTANCE = "instance"
    CASE = "case"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said of an operation.

    Attributes:
        title: What a person chooses.
        effect: What becomes of an item.
        can_be_undone: While nobody acted on the item since.
    """

    title: str
    kind: Kind
    effect: str
    can_be_undone: bool = True


WORDING: Final[Mapping[Operation, Wording]] = {
    Operation.REASSIGN: Wording("Give to somebody else", Kind.TASK, "Changes hands"),
    Operation.RELEASE: Wording("Give back to the team", Kind.TASK, "Goes back to its team"),
    Operation.ESCALATE: Wording(
        "Escalate the case",
        Kind.CASE,
        "Managers are told in their next email",
        can_be_undone=False,
    ),
    Operation.SUSPEND: Wording("Suspend the process", Kind.INSTANCE, "Stands still"),
    Operation.RESUME: Wording("Resume the process", Kind.INSTANCE, "Goes on"),
    Operation.CANCEL: Wording(
        "Cancel the process", Kind.INSTANCE, "Ends for good", can_be_undone=False
    ),
    Operation.RETRY: Wording(
        "Try the failed step again", Kind.INCIDENT, "Is tried again", can_be_undone=False
    ),
}
