"""Say something about a draft."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import draft_comments, drafts


@dataclass(frozen=True, slots=True)
class CommentOnDraft:
    """Say `text` about an element of a draft, or (with "" as `element_id`) about the whole."""

    draft_id: UUID
    element_id: str
    text: str


def comment_on_draft(command: CommentOnDraft, work: Work) -> None:
    """Keep the comment.

    Raises:
        drafts.NoSuchDraft: there is none.
        errors.Invalid: nothing is said, or too much.
    """
    text = command.text.strip()
    if not text or len(text) > draft_comments.TEXT_LIMIT:
        said = f"Enter a comment of at most {draft_comments.TEXT_LIMIT:,} characters"
        raise errors.Invalid(said, errors={"text": (said,)})
    drafts.lock(work.connection, command.draft_id)
    draft_comments.add(
        work.connection,
        command.draft_id,
        command.element_id[:120],
        text,
        (work.now, work.actor.id),
    )
