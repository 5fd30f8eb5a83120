"""Propose to erase what is due by the retention rules of today."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import retention


@dataclass(frozen=True, slots=True)
class ProposeErasure:
    """Propose it; another person confirms."""

    proposal_id: UUID = field(default_factory=uuid4)


def propose_erasure(command: ProposeErasure, work: Work) -> None:
    """Write down which cases are due, without those on legal hold; nothing is erased yet.

    Raises:
        retention.NothingDue: no case is.
    """
    today = london.local_date(work.now)
    found = [each for each in retention.due(work.connection, today) if not each.is_held]
    if not found:
        raise retention.NothingDue
    made = (work.now, work.actor.id, today)
    retention.propose(work.connection, command.proposal_id, found, made=made)
