"""Ask a second person to approve a draft."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import approvals, drafts


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Ask for approval of a draft as it is at `revision`; a later save needs another."""

    draft_id: UUID
    revision: int


def ask_approval(command: AskApproval, work: Work) -> None:
    """Keep the request.

    Raises:
        drafts.NoSuchDraft: there is none.
        drafts.DraftClosed: it is over.
        drafts.DraftChanged: it was saved meanwhile.
    """
    draft = drafts.lock(work.connection, command.draft_id)
    drafts.refuse_other_revision(draft, command.revision)
    approvals.ask(work.connection, draft.id, draft.revision, work.now, work.actor.id)
