"""Approve or decline a draft that another process owner wants to publish."""

import dataclasses
from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import approvals, drafts


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """Approve a draft as it is at `revision`, or decline it; declining needs a reason."""

    draft_id: UUID
    revision: int
    approved: bool
    reason: str = ""


def decide_approval(command: DecideApproval, work: Work) -> None:
    """Keep the decision, with who made it and when.

    Raises:
        approvals.OwnDraft: the actor asked for it, or saved what is to be approved.
        approvals.NotApproved: nobody asks for it any more.
        drafts.DraftChanged: the draft was saved meanwhile.
        errors.Invalid: it is declined without a reason.
    """
    draft = drafts.lock(work.connection, command.draft_id)
    drafts.refuse_other_revision(draft, command.revision)
    asked = approvals.approval(work.connection, draft.id, draft.revision)
    if asked is None:
        raise approvals.NotApproved("Nobody asks for the approval of this draft.")
    if work.actor.id in {asked.asked_by, draft.saved_by}:
        raise approvals.OwnDraft
    if not command.approved and not command.reason.strip():
        raise errors.Invalid("Say why.", errors={"reason": ("Enter why you decline it",)})
    approvals.decide(
        work.connection,
        dataclasses.replace(
            asked,
            decided_at=work.now,
            decided_by=work.actor.id,
            approved=command.approved,
            reason=command.reason.strip()[:500],
        ),
    )
