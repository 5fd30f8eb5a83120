"""Discard a draft."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import drafts


@dataclass(frozen=True, slots=True)
class DiscardDiagramDraft:
    """Let a draft be over; `revision` is the one that was looked at."""

    draft_id: UUID
    revision: int


def discard_diagram_draft(command: DiscardDiagramDraft, work: Work) -> None:
    """Take the draft off the lists; its last content stays in the database.

    Raises:
        drafts.NoSuchDraft: there is none.
        drafts.DraftClosed: it is over already.
        drafts.DraftChanged: a colleague has saved it meanwhile.
    """
    draft = drafts.load(work.connection, command.draft_id)
    drafts.refuse_closed(draft)
    if draft.revision != command.revision:
        raise drafts.DraftChanged
    drafts.close(work.connection, draft, "discarded")
