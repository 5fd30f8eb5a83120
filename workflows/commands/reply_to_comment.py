"""Reply to a comment on a plan."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.plan import remarks
from workflows.store import plans


@dataclass(frozen=True, slots=True)
class ReplyToComment:
    """Answer comment `reply_to` of a case with `text`."""

    case_id: UUID
    reply_to: UUID
    text: str
    comment_id: UUID = field(default_factory=uuid4)


class NoSuchComment(errors.NotFound):
    """There is no such comment."""


def reply_to_comment(command: ReplyToComment, work: Work) -> None:
    """Enter the reply; a reply to a reply answers the comment that began it.

    Raises:
        NoSuchComment: this case has none.
        errors.Invalid: nothing was said, or too much.
    """
    said = remarks.accepted(command.text)
    work.lock_subject(command.case_id)
    found = plans.comment(work.connection, command.reply_to)
    if found is None or found.case_id != command.case_id:
        raise NoSuchComment
    work.record(
        changes.PlanCommented(
            None,
            command.case_id,
            command.comment_id,
            found.section,
            found.version,
            said,
            found.reply_to or found.id,
        )
    )
