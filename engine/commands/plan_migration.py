"""Plan to move running instances to another version of their process."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import changes, errors
from engine.store import definitions, moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class PlanMigration:
    """Plan to move the instances of `process_key` from one version to another.

    Attributes:
        to_version: The version, 0 for the live one.
        chosen: The instances to move; None for all of the version.
        migration_id: The identifier that the migration gets.
    """

    process_key: str
    from_version: int
    to_version: int = 0
    chosen: tuple[UUID, ...] | None = None
    migration_id: UUID = field(default_factory=uuid4)


class NothingToMove(errors.Invalid):
    """No running case is on that version."""


def plan_migration(command: PlanMigration, work: Work) -> None:
    """Take note of what is to move where; nothing moves yet.

    Raises:
        moving.NoSuchVersion: there is no such process or version.
        NothingToMove: no running instance that is meant is on the version.
    """
    to_bundle = _bundle(command, work)
    where = moving.running(command.process_key, command.from_version, to_bundle)
    chosen = None if command.chosen is None else set(command.chosen)
    found = moving.instances_to_move(work.connection, where, chosen)
    if not found:
        raise NothingToMove(errors={"cases": ("No running case is on that version",)})
    by_hand: dict[str, changes.JsonValue] = {}
    values = {
        "id": command.migration_id,
        "process_key": command.process_key,
        "from_version": command.from_version,
        "to_version": work.bundles.get(to_bundle).version,
        "to_bundle": to_bundle,
        "by_hand": by_hand,
        "reason": "",
        "status": "planned",
        "created_at": work.now,
        "created_by": work.actor.id,
    }
    moving.add(work.connection, values, found)


def _bundle(command: PlanMigration, work: Work) -> str:
    if command.to_version:
        return moving.bundle_of(work.connection, command.process_key, command.to_version)
    live = definitions.live_bundle(work.connection, command.process_key)
    if live is None:
        raise moving.NoSuchVersion
    return live
