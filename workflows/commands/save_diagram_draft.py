"""Save a draft of a diagram or decision table."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import drafts


@dataclass(frozen=True, slots=True)
class SaveDiagramDraft:
    """Let a draft be `xml`; `revision` is the one that was looked at."""

    draft_id: UUID
    xml: bytes
    revision: int


def save_diagram_draft(command: SaveDiagramDraft, work: Work) -> None:
    """Keep the content as the next revision. Nobody's work is ever overwritten unseen.

    Raises:
        drafts.NoSuchDraft: there is none.
        drafts.DraftChanged: a colleague was quicker.
        drafts.DraftClosed: it was published or discarded.
        xml.MalformedXml: the content cannot be read safely; the draft stays as it was.
    """
    drafts.save(
        work.connection,
        command.draft_id,
        command.xml,
        seen=command.revision,
        saved=(work.now, work.actor.id),
    )
