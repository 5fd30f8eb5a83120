"""Undo a migration for every instance that has not moved on since."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class UndoMigration:
    """Undo `migration_id`."""

    migration_id: UUID


class NotToBeUndone(errors.Conflict):
    """The migration is under way, or was never started. Stop it before you undo it."""


def undo_migration(command: UndoMigration, work: Work) -> None:
    """Let the worker bring the instances back, one after the other.

    Raises:
        moving.NoSuchMigration: there is none.
        NotToBeUndone: it is neither stopped nor done.
    """
    row = moving.lock(work.connection, command.migration_id)
    if row.status not in {"stopped", "done"}:
        raise NotToBeUndone
    moving.update(work.connection, row.id, status="undoing", ended_at=None)
