"""Let everybody see a case again who has a part in it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.store import restrictions

REASON_LIMIT: Final = 1_000


@dataclass(frozen=True, slots=True)
class LiftRestriction:
    """Lift the restriction of `case_id`, for a reason."""

    case_id: UUID
    reason: str


def lift_restriction(command: LiftRestriction, work: Work) -> None:
    """Lift it; that there was one stays in the history.

    Raises:
        errors.Invalid: there is no reason.
        restrictions.NotRestricted: there is nothing to lift.
    """
    reason = command.reason.strip()[:REASON_LIMIT]
    if not reason:
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    work.lock_subject(command.case_id)
    if not restrictions.drop(work.connection, command.case_id):
        raise restrictions.NotRestricted
    work.record(access_changes.RestrictionLifted(None, command.case_id, reason))
