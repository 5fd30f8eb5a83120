"""Decide whether a comment on the local offer is published."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import offer_comments


@dataclass(frozen=True, slots=True)
class JudgeOfferComment:
    """Keep `comment_id` for publication in these words, or leave it out for a reason."""

    comment_id: UUID
    keep: bool
    text: str = ""
    reason: str = ""


def judge_offer_comment(command: JudgeOfferComment, work: Work) -> None:
    """Put the decision on record; the comment as it came stays.

    Raises:
        offer_comments.NoSuchComment: there is none.
        errors.Invalid: there are no words to publish, or no reason to leave it out.
    """
    offer_comments.lock(work.connection, [command.comment_id])
    text, reason = command.text.strip(), command.reason.strip()
    if command.keep and not 0 < len(text) <= offer_comments.LONGEST:
        message = (
            f"Enter what is to be published, in {offer_comments.LONGEST:,} characters or fewer"
        )
        raise errors.Invalid(f"{message}.", errors={"text": (message,)})
    if not command.keep and not reason:
        message = "Enter why it is left out"
        raise errors.Invalid(f"{message}.", errors={"reason": (message,)})
    offer_comments.update(
        work.connection,
        [command.comment_id],
        state=offer_comments.KEPT if command.keep else offer_comments.LEFT_OUT,
        published_text=text if command.keep else "",
        judged_reason="" if command.keep else reason[:1000],
        judged_at=work.now,
        judged_by=work.actor.id,
    )
