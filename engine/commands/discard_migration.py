"""Discard a migration that was only planned."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class DiscardMigration:
    """Discard `migration_id`."""

    migration_id: UUID


class NotToBeDiscarded(errors.Conflict):
    """The migration has been started. It stays on record."""


def discard_migration(command: DiscardMigration, work: Work) -> None:
    """Forget what was planned.

    Raises:
        moving.NoSuchMigration: there is none.
        NotToBeDiscarded: it was started.
    """
    row = moving.lock(work.connection, command.migration_id)
    if row.status != "planned":
        raise NotToBeDiscarded
    moving.discard(work.connection, row.id)
