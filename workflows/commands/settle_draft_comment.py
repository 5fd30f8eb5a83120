"""Settle a comment on a draft."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import draft_comments


@dataclass(frozen=True, slots=True)
class SettleDraftComment:
    """Mark comment `number` of a draft as settled, or (`settled` False) as open again."""

    draft_id: UUID
    number: int
    settled: bool = True


def settle_draft_comment(command: SettleDraftComment, work: Work) -> None:
    """Mark the comment, with who did so and when.

    Raises:
        draft_comments.NoSuchComment: there is none.
    """
    settled = (work.now, work.actor.id) if command.settled else None
    draft_comments.settle(work.connection, command.draft_id, command.number, settled)
