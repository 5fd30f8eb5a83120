"""Start what was planned for many things."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors, reasons
from engine.unit_of_work import Work
from workflows.store import batches


@dataclass(frozen=True, slots=True)
class StartBatch:
    """Start `batch_id`, with a reason: it is done by the right of whoever starts it."""

    batch_id: UUID
    reason: str


class BatchStartedAlready(errors.Conflict):
    """This has been started already."""


def start_batch(command: StartBatch, work: Work) -> None:
    """Let the worker do it, one item after the other.

    Raises:
        errors.Invalid: no reason is given.
        batches.NoSuchBatch: there is none.
        BatchStartedAlready: it is not planned any more.
    """
    reason = reasons.given(command.reason)
    row = batches.lock(work.connection, command.batch_id)
    if row.status != "planned":
        raise BatchStartedAlready
    batches.update(
        work.connection,
        row.id,
        status="running",
        reason=reason,
        started_at=work.now,
        started_by=work.actor.id,
    )
