"""Start a planned migration."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors, reasons
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class StartMigration:
    """Start `migration_id`, with a reason."""

    migration_id: UUID
    reason: str


class StartedAlready(errors.Conflict):
    """The migration has been started already."""


def start_migration(command: StartMigration, work: Work) -> None:
    """Let the worker move the instances, one after the other.

    Raises:
        errors.Invalid: no reason is given.
        moving.NoSuchMigration: there is none.
        StartedAlready: it is not planned any more.
    """
    reason = reasons.given(command.reason)
    row = moving.lock(work.connection, command.migration_id)
    if row.status != "planned":
        raise StartedAlready
    moving.update(
        work.connection,
        row.id,
        status="running",
        reason=reason,
        started_at=work.now,
    )
