"""Let retention rules hold for a case again."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.store import retention


@dataclass(frozen=True, slots=True)
class LiftHold:
    """Lift the legal hold of `case_id`, for a reason."""

    case_id: UUID
    reason: str


def lift_hold(command: LiftHold, work: Work) -> None:
    """Lift it.

    Raises:
        errors.Invalid: there is no reason.
        retention.NotOnHold: there is nothing to lift.
    """
    reason = command.reason.strip()[:1000]
    if not reason:
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    work.lock_subject(command.case_id)
    retention.lift_hold(work.connection, command.case_id)
    work.record(access_changes.HoldLifted(None, command.case_id, reason))
