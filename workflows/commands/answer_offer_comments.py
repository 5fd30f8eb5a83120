"""Answer comments on the local offer: what the authority does about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import offer_comments


@dataclass(frozen=True, slots=True)
class AnswerOfferComments:
    """Give one response to several comments that are kept for publication."""

    comment_ids: Sequence[UUID]
    response: str


class NotKept(errors.Conflict):
    """Only comments that are kept for publication are answered."""


def answer_offer_comments(command: AnswerOfferComments, work: Work) -> None:
    """Put the response on record; a later one replaces it.

    Raises:
        offer_comments.NoSuchComment: one is not there.
        NotKept: one is new or left out.
        errors.Invalid: none is chosen, or nothing is said.
    """
    if not command.comment_ids:
        raise errors.Invalid("Select comments.", errors={"comment": ("Select a comment",)})
    response = command.response.strip()
    if not 0 < len(response) <= offer_comments.LONGEST:
        message = f"Enter a response of {offer_comments.LONGEST:,} characters or fewer"
        raise errors.Invalid(f"{message}.", errors={"response": (message,)})
    rows = offer_comments.lock(work.connection, command.comment_ids)
    if any(row.state != offer_comments.KEPT for row in rows):
        raise NotKept
    offer_comments.update(
        work.connection,
        [row.id for row in rows],
        response=response,
        answered_at=work.now,
        answered_by=work.actor.id,
    )
