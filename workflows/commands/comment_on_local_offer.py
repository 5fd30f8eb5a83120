"""Comment on the local offer, as anybody may."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import offer_comments


@dataclass(frozen=True, slots=True)
class CommentOnLocalOffer:
    """Comment on the local offer: what it is about, who says so, and the comment."""

    about: str
    who: str
    text: str
    comment_id: UUID = field(default_factory=uuid4)


def comment_on_local_offer(command: CommentOnLocalOffer, work: Work) -> None:
    """Take the comment down; it is read before it is published.

    Source: Children and Families Act 2014, section 30(6); SEND Regulations 2014, reg 56.

    Raises:
        errors.Invalid: something is missing, or the text is too long.
    """
    found: dict[str, tuple[str, ...]] = {}
    text = command.text.strip()
    if command.about not in dict(offer_comments.ABOUT):
        found["about"] = ("Select what your comment is about",)
    if command.who not in dict(offer_comments.WHO):
        found["who"] = ("Select who you are",)
    if not text:
        found["text"] = ("Enter your comment",)
    elif len(text) > offer_comments.LONGEST:
        found["text"] = (f"Your comment must be {offer_comments.LONGEST:,} characters or fewer",)
    if found:
        raise errors.Invalid("Something is missing.", errors=found)
    offer_comments.take(
        work.connection,
        {
            "id": command.comment_id,
            "year": london.local_date(work.now).year,
            "received_at": work.now,
            "about": command.about,
            "who": command.who,
            "text": text,
        },
    )
