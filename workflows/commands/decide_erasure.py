"""Confirm that cases are erased, or withdraw the proposal."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import retention
from workflows.store.retention import State


@dataclass(frozen=True, slots=True)
class DecideErasure:
    """Decide `proposal_id`. `understood`: whoever confirms says that it cannot be undone."""

    proposal_id: UUID
    confirm: bool
    understood: bool = False


class SamePerson(errors.Forbidden):
    """You have proposed this yourself. Another administrator must confirm it."""


def decide_erasure(command: DecideErasure, work: Work) -> None:
    """Let the worker erase the cases, one by one; or none of them.

    Raises:
        retention.NoSuchProposal: there is none.
        retention.Decided: that was decided before.
        SamePerson: whoever proposed it wants to confirm it.
        errors.Invalid: nobody says that it cannot be undone.
    """
    row = retention.lock(work.connection, command.proposal_id)
    if row.status != State.PROPOSED:
        raise retention.Decided
    if command.confirm and row.proposed_by == work.actor.id:
        raise SamePerson
    if command.confirm and not command.understood:
        missing = ("Confirm that you know that this cannot be undone",)
        raise errors.Invalid("Erasing cannot be undone.", errors={"understood": missing})
    state = State.CONFIRMED if command.confirm else State.WITHDRAWN
    retention.decide(work.connection, command.proposal_id, state, by=work.actor.id, now=work.now)
