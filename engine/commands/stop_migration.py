"""Stop a migration."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class StopMigration:
    """Stop `migration_id`: what has moved stays moved, the rest stays where it is."""

    migration_id: UUID


class NotUnderWay(errors.Conflict):
    """The migration is not under way."""


def stop_migration(command: StopMigration, work: Work) -> None:
    """Let no further instance move; one that moves just now is finished.

    Raises:
        moving.NoSuchMigration: there is none.
        NotUnderWay: nothing of it is under way.
    """
    row = moving.lock(work.connection, command.migration_id)
    if row.status not in {"running", "undoing"}:
        raise NotUnderWay
    moving.update(work.connection, row.id, status="stopped")
