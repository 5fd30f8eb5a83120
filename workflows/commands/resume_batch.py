"""Go on with what was stopped, and try again what failed."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import batches


@dataclass(frozen=True, slots=True)
class ResumeBatch:
    """Go on with `batch_id`."""

    batch_id: UUID


class NothingWaits(errors.Conflict):
    """There is nothing left to do."""


def resume_batch(command: ResumeBatch, work: Work) -> None:
    """Let the worker do what waits, and what failed because of a fault.

    Raises:
        batches.NoSuchBatch: there is none.
        NothingWaits: it is under way, not started, or all of it is settled.
    """
    row = batches.lock(work.connection, command.batch_id)
    counted = batches.counts(work.connection, [row.id]).get(row.id, {})
    left = counted.get("waiting", 0) + counted.get("failed", 0)
    if row.status not in {"stopped", "done"} or not left:
        raise NothingWaits
    batches.revive(work.connection, row.id)
    batches.update(work.connection, row.id, status="running", ended_at=None)
