"""Keep a case, whatever rule says that it is due to be erased."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.store import retention

REASON_LIMIT: Final = 1_000


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """Put `case_id` on legal hold, for a reason."""

    case_id: UUID
    reason: str


def place_hold(command: PlaceHold, work: Work) -> None:
    """Keep the case.

    Raises:
        errors.Invalid: there is no reason.
        retention.OnHold: it is kept already.
        retention.Erased: it is too late.
    """
    reason = command.reason.strip()[:REASON_LIMIT]
    if not reason:
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    work.lock_subject(command.case_id)
    retention.place_hold(work.connection, command.case_id, reason, by=work.actor.id, now=work.now)
    work.record(access_changes.HoldPlaced(None, command.case_id, reason))
