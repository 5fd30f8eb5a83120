"""Discard what was only planned for many things."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import batches


@dataclass(frozen=True, slots=True)
class DiscardBatch:
    """Discard `batch_id`."""

    batch_id: UUID


class BatchNotToBeDiscarded(errors.Conflict):
    """This has been started. It stays on record."""


def discard_batch(command: DiscardBatch, work: Work) -> None:
    """Forget what was planned.

    Raises:
        batches.NoSuchBatch: there is none.
        BatchNotToBeDiscarded: it was started.
    """
    row = batches.lock(work.connection, command.batch_id)
    if row.status != "planned":
        raise BatchNotToBeDiscarded
    batches.discard(work.connection, row.id)
