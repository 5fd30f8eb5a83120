"""Say by hand where the cases at some elements go in a migration."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class MapMigration:
    """Let instances at an element go to another: `by_hand` has element to element, "" for none.

    What is not in it goes where it is proposed to go.
    """

    migration_id: UUID
    by_hand: Mapping[str, str]


class NotToBeMapped(errors.Conflict):
    """The migration is under way or over. Stop it before you change where cases go."""


class NoSuchElement(errors.Invalid):
    """The new version has no such step."""


def map_migration(command: MapMigration, work: Work) -> None:
    """Keep where instances go; what was blocked is tried again when the migration goes on.

    Raises:
        moving.NoSuchMigration: there is none.
        NotToBeMapped: it is not planned or stopped.
        NoSuchElement: an element is not one of the new version's.
    """
    row = moving.lock(work.connection, command.migration_id)
    if row.status not in {"planned", "stopped"}:
        raise NotToBeMapped
    known = work.bundles.get(row.to_bundle).elements
    for old, new in command.by_hand.items():
        if new and new not in known:
            raise NoSuchElement(
                f"The new version has no step “{new[:60]}”.", errors={old: ("Choose a step",)}
            )
    moving.update(work.connection, row.id, by_hand=dict(command.by_hand))
    moving.revive_blocked(work.connection, row.id)
