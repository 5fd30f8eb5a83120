"""Stop what is being done to many things."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import batches


@dataclass(frozen=True, slots=True)
class StopBatch:
    """Stop `batch_id`: what is done stays done, the rest stays as it is."""

    batch_id: UUID


class BatchNotUnderWay(errors.Conflict):
    """This is not under way."""


def stop_batch(command: StopBatch, work: Work) -> None:
    """Let nothing further be done; what is done just now is finished.

    Raises:
        batches.NoSuchBatch: there is none.
        BatchNotUnderWay: nothing of it is under way.
    """
    row = batches.lock(work.connection, command.batch_id)
    if row.status not in batches.UNDER_WAY:
        raise BatchNotUnderWay
    batches.update(work.connection, row.id, status="stopped")
