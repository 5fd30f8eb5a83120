"""Migrations and their items, and what an instance has that a move must keep."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.migration_tables import migration_items, migrations
from engine.store.tables import bundles, incidents, instances, tasks, timers

RUNNING: Final = ("active", "suspended")
AT_ONCE: Final = 500  # rows of one insert


class NoSuchMigration(errors.NotFound):
    """There is no such migration."""


class NoSuchVersion(errors.NotFound):
    """There is no such version of the process."""


def bundle_of(connection: sa.Connection, process_key: str, version: int) -> str:
    """Return the newest bundle of a version of a process: the live one, where it is of it.

    Raises:
        NoSuchVersion: there is none.
    """
    found: str | None = connection.execute(
        sa.select(bundles.c.id)
        .where(bundles.c.process_key == process_key, bundles.c.version == version)
        .order_by(bundles.c.live.desc(), bundles.c.created_at.desc(), bundles.c.id)
        .limit(1)
    ).scalar_one_or_none()
    if found is None:
        raise NoSuchVersion
    return found


def running(process_key: str, version: int, to_bundle: str) -> sa.ColumnElement[bool]:
    """Return which instances of a version run on something else than a bundle.

    Stands on ix_instances_process_key_version_status.
    """
    return sa.and_(
        instances.c.process_key == process_key,
        instances.c.version == version,
        instances.c.status.in_(RUNNING),
        instances.c.bundle_id != to_bundle,
    )


def instances_to_move(
    connection: sa.Connection,
    where: sa.ColumnElement[bool],
    chosen: Collection[UUID] | None,
) -> list[UUID]:
    """Return the instances that a migration is about: all of a version, or those chosen of them."""
    statement = sa.select(instances.c.id).where(where).order_by(instances.c.id)
    found = connection.execute(statement).scalars()
    return [each for each in found if chosen is None or each in chosen]


def add(connection: sa.Connection, values: Mapping[str, Any], found: Sequence[UUID]) -> None:
    """Keep a new migration with the instances that it is about."""
    connection.execute(migrations.insert(), dict(values))
    for start in range(0, len(found), AT_ONCE):
        connection.execute(
            migration_items.insert(),
            [
                {
                    "migration_id": values["id"],
                    "instance_id": each,
                    "status": "waiting",
                    "reason": "",
                }
                for each in found[start : start + AT_ONCE]
            ],
        )


def lock(connection: sa.Connection, migration_id: UUID) -> Any:  # noqa: ANN401
    """Lock and return a migration, for a change of its own.

    Raises:
        NoSuchMigration: there is none.
    """
    row = connection.execute(
        sa.select(*migrations.c).where(migrations.c.id == migration_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchMigration
    return row


def migration(connection: sa.Connection, migration_id: UUID) -> Any:  # noqa: ANN401
    """Return a migration, which others may change meanwhile.

    Raises:
        NoSuchMigration: there is none.
    """
    row = connection.execute(
        sa.select(*migrations.c).where(migrations.c.id == migration_id)
    ).one_or_none()
    if row is None:
        raise NoSuchMigration
    return row


def update(connection: sa.Connection, migration_id: UUID, **values: object) -> None:
    """Change a migration."""
    connection.execute(migrations.update().where(migrations.c.id == migration_id).values(**values))


def discard(connection: sa.Connection, migration_id: UUID) -> None:
    """Forget a migration and its items."""
    connection.execute(
        migration_items.delete().where(migration_items.c.migration_id == migration_id)
    )
    connection.execute(migrations.delete().where(migrations.c.id == migration_id))


def lock_item(
    connection: sa.Connection, migration_id: UUID, instance_id: UUID, status: str
) -> Any | None:  # noqa: ANN401
    """Lock and return an item of a status; None where it is not so, or another works on it."""
    return connection.execute(
        sa.select(*migration_items.c)
        .where(
            migration_items.c.migration_id == migration_id,
            migration_items.c.instance_id == instance_id,
            migration_items.c.status == status,
        )
        .with_for_update(skip_locked=True)
    ).one_or_none()


def settle(
    connection: sa.Connection, migration_id: UUID, instance_id: UUID, **values: object
) -> None:
    """Write what became of an item."""
    connection.execute(
        migration_items.update()
        .where(
            migration_items.c.migration_id == migration_id,
            migration_items.c.instance_id == instance_id,
        )
        .values(**values)
    )


def revive_blocked(connection: sa.Connection, migration_id: UUID) -> None:
    """Let what was blocked be tried again."""
    connection.execute(
        migration_items.update()
        .where(
            migration_items.c.migration_id == migration_id,
            migration_items.c.status == "blocked",
        )
        .values(status="waiting", reason="", at=None)
    )


def under_way(connection: sa.Connection) -> list[tuple[UUID, str]]:
    """Return the migrations that are carried on, and how. Stands on ix_migrations_status."""
    rows = connection.execute(
        sa.select(migrations.c.id, migrations.c.status)
        .where(migrations.c.status.in_(["running", "undoing"]))
        .order_by(migrations.c.started_at, migrations.c.id)
    )
    return [(row.id, row.status) for row in rows]


def items_of(
    connection: sa.Connection, migration_id: UUID, status: str, *, limit: int
) -> list[UUID]:
    """Return instances of a status. Stands on ix_migration_items_migration_id_status."""
    return list(
        connection.execute(
            sa.select(migration_items.c.instance_id)
            .where(
                migration_items.c.migration_id == migration_id,
                migration_items.c.status == status,
            )
            .order_by(migration_items.c.instance_id)
            .limit(limit)
        ).scalars()
    )


def stored(connection: sa.Connection, chosen: Sequence[UUID]) -> Sequence[Any]:
    """Return the rows of instances, to look at."""
    return connection.execute(
        sa.select(*instances.c).where(instances.c.id.in_(chosen)).order_by(instances.c.id)
    ).all()


def timers_set_at(connection: sa.Connection, instance_id: UUID) -> dict[UUID, dt.datetime]:
    """Return when each timer of an instance that waits was set."""
    rows = connection.execute(
        sa.select(timers.c.id, timers.c.set_at).where(
            timers.c.instance_id == instance_id, timers.c.status.in_(["waiting", "suspended"])
        )
    )
    return {row.id: row.set_at for row in rows}


def dates_of_tasks(connection: sa.Connection, instance_id: UUID) -> dict[str, str]:
    """Return the date of each open task of an instance, by its identifier, as JSON."""
    rows = connection.execute(
        sa.select(tasks.c.id, tasks.c.due_at).where(
            tasks.c.instance_id == instance_id, tasks.c.status == "open"
        )
    )
    return {str(row.id): row.due_at.isoformat() for row in rows}


def failed_tokens(connection: sa.Connection, instance_id: UUID) -> dict[UUID, str]:
    """Return the tokens of an instance whose step failed, with their elements."""
    rows = connection.execute(
        sa.select(incidents.c.token_id, incidents.c.element_id).where(
            incidents.c.instance_id == instance_id, incidents.c.resolved_at.is_(None)
        )
    )
    return {row.token_id: row.element_id for row in rows}


def finish(connection: sa.Connection, migration_id: UUID, status: str, now: dt.datetime) -> None:
    """Let a migration be done that is still of a status."""
    connection.execute(
        migrations.update()
        .where(migrations.c.id == migration_id, migrations.c.status == status)
        .values(status="done", ended_at=now)
    )


def standing(connection: sa.Connection, migration_id: UUID) -> Sequence[Any]:
    """Return what the instances of a migration that have not moved run on, and where they are."""
    return connection.execute(
        sa.select(instances.c.bundle_id, instances.c.marking)
        .join(migration_items, migration_items.c.instance_id == instances.c.id)
        .where(
            migration_items.c.migration_id == migration_id,
            migration_items.c.status.in_(["waiting", "blocked"]),
            instances.c.status.in_(RUNNING),
        )
        .order_by(instances.c.bundle_id, instances.c.id)
    ).all()
