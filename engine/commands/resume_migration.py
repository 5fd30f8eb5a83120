"""Go on with a migration that was stopped."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class ResumeMigration:
    """Go on with `migration_id`."""

    migration_id: UUID


class NotStopped(errors.Conflict):
    """The migration is not stopped."""


def resume_migration(command: ResumeMigration, work: Work) -> None:
    """Let the worker move the instances that wait.

    Raises:
        moving.NoSuchMigration: there is none.
        NotStopped: it is under way, or not started.
    """
    row = moving.lock(work.connection, command.migration_id)
    if row.status != "stopped":
        raise NotStopped
    moving.update(work.connection, row.id, status="running", ended_at=None)
