"""Publish the comments of a year on the local offer with the authority's response."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import offer_comments, phased_duties

DUTY = "comments_published"  # in the register of phased duties


@dataclass(frozen=True, slots=True)
class PublishOfferComments:
    """Publish the comments of `year`; `introduction` says what the authority does about them all."""

    year: int
    introduction: str
    link: str = ""
    evidence_id: UUID = field(default_factory=uuid4)


class NotAllJudged(errors.Conflict):
    """Some comments of this year have not been read yet."""


def publish_offer_comments(command: PublishOfferComments, work: Work) -> None:
    """Publish, and add evidence that the yearly duty is met.

    Source: Children and Families Act 2014, section 30(6); SEND Regulations 2014, reg 56(3).

    Raises:
        NotAllJudged: some wait to be read.
        errors.Invalid: the year lies ahead, or no response is given.
    """
    if command.year > london.local_date(work.now).year:
        raise errors.Invalid("This year lies ahead.", errors={"year": ("The year lies ahead",)})
    introduction = command.introduction.strip()
    if not 0 < len(introduction) <= offer_comments.LONGEST:
        message = f"Enter the response, in {offer_comments.LONGEST:,} characters or fewer"
        raise errors.Invalid(f"{message}.", errors={"introduction": (message,)})
    waiting = offer_comments.count(work.connection, command.year, offer_comments.NEW)
    if waiting:
        one = waiting == 1
        raise NotAllJudged(
            f"{waiting} comment{'' if one else 's'} of {command.year} "
            f"wait{'s' if one else ''} to be read. Decide on {'it' if one else 'them'} first."
        )
    offer_comments.publish(
        work.connection, command.year, introduction, at=work.now, by=work.actor.id
    )
    _enter_evidence(command, work)


def _enter_evidence(command: PublishOfferComments, work: Work) -> None:
    text = f"Comments of {command.year} on the local offer, published with the response"
    row = phased_duties.lock(work.connection, DUTY, now=work.now, by=work.actor.id)
    phased_duties.add_evidence(
        work.connection,
        row,
        (work.now, work.actor.id),
        {"id": command.evidence_id, "text": text, "link": command.link},
    )
