"""Take back evidence of a duty of the authority that no longer stands; it is kept, with the reason."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import phased_duties
from workflows.store.entered import Entered


@dataclass(frozen=True, slots=True)
class WithdrawDutyEvidence:
    """Withdraw a piece of evidence of `duty`, for a reason."""

    duty: str
    evidence_id: UUID
    reason: str


class AlreadyWithdrawn(errors.Conflict):
    """This evidence has been withdrawn already."""


def withdraw_duty_evidence(command: WithdrawDutyEvidence, work: Work) -> None:
    """Withdraw it.

    Raises:
        errors.NotFound: there is no such evidence.
        errors.Invalid: there is no reason.
        AlreadyWithdrawn: a colleague was quicker.
    """
    phased_duties.evidence(work.connection, command.duty, command.evidence_id)
    reason = command.reason.strip()[:1000]
    if not reason:
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    row = phased_duties.lock(work.connection, command.duty, now=work.now, by=work.actor.id)
    evidence = phased_duties.evidence(work.connection, command.duty, command.evidence_id)
    if evidence.withdrawn_at is not None:
        raise AlreadyWithdrawn
    phased_duties.withdraw_evidence(
        work.connection, command.evidence_id, now=work.now, by=work.actor.id, reason=reason
    )
    body = {"text": evidence.text, "reason": reason}
    phased_duties.enter(
        work.connection, row, Entered(work.now, work.actor.id, "evidence_withdrawn", body)
    )
