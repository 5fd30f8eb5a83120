"""Undo what was done to many things, wherever nobody has acted since."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.batches.operation import WORDING, Operation
from workflows.store import batches


@dataclass(frozen=True, slots=True)
class UndoBatch:
    """Undo `batch_id`."""

    batch_id: UUID


class BatchNotToBeUndone(errors.Conflict):
    """This is under way, or was never started. Stop it before you undo it."""


def undo_batch(command: UndoBatch, work: Work) -> None:
    """Let the worker undo it, one item after the other, by the right of whoever asks.

    Raises:
        batches.NoSuchBatch: there is none.
        BatchNotToBeUndone: it is neither stopped nor done, or is of a kind that cannot be undone.
    """
    row = batches.lock(work.connection, command.batch_id)
    if not WORDING[Operation(row.operation)].can_be_undone:
        raise BatchNotToBeUndone("What was done here cannot be undone.")
    if row.status not in {"stopped", "done"}:
        raise BatchNotToBeUndone
    batches.update(
        work.connection, row.id, status="undoing", undone_by=work.actor.id, ended_at=None
    )
