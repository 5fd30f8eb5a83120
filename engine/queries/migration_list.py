"""Migrations: all of them, one with its items, and what there is to move."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store import moving
from engine.store.migration_tables import migration_items, migrations
from engine.store.tables import bundles, definitions, instances

NEWEST = 100  # migrations on the page that lists them


@dataclass(frozen=True, slots=True)
class Migration:
    """A migration. `counts`: status of its items to how many there are."""

    id: UUID
    process_key: str
    from_version: int
    to_version: int
    to_bundle: str
    by_hand: Mapping[str, str]
    reason: str
    status: str
    created_at: dt.datetime
    created_by: str
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many cases it is about."""
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """How many cases do not wait any more."""
        return self.total - self.counts.get("waiting", 0)


@dataclass(frozen=True, slots=True)
class Item:
    """An instance in a migration: what became of it, and why."""

    instance_id: UUID
    subject_id: UUID
    status: str
    reason: str
    at: dt.datetime | None
    can_be_undone: bool


@dataclass(frozen=True, slots=True)
class Movable:
    """A version of a process with running instances. `is_live`: new ones start on it."""

    process_key: str
    name: str
    version: int
    running: int
    is_live: bool


_COLUMNS = (
    migrations.c.id,
    migrations.c.process_key,
    migrations.c.from_version,
    migrations.c.to_version,
    migrations.c.to_bundle,
    migrations.c.by_hand,
    migrations.c.reason,
    migrations.c.status,
    migrations.c.created_at,
    migrations.c.created_by,
    migrations.c.started_at,
    migrations.c.ended_at,
)


def migration_list(connection: sa.Connection) -> tuple[Migration, ...]:
    """Return the newest migrations. Stands on ix_migrations_created_at_id."""
    rows = (
        connection.execute(
            sa.select(*_COLUMNS)
            .order_by(migrations.c.created_at.desc(), migrations.c.id)
            .limit(NEWEST)
        )
        .mappings()
        .all()
    )
    counts = _counts(connection, [row["id"] for row in rows])
    return tuple(Migration(**row, counts=counts.get(row["id"], {})) for row in rows)


def migration(connection: sa.Connection, migration_id: UUID) -> Migration:
    """Return one migration.

    Raises:
        moving.NoSuchMigration: there is none.
    """
    row = (
        connection.execute(sa.select(*_COLUMNS).where(migrations.c.id == migration_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise moving.NoSuchMigration
    return Migration(**row, counts=_counts(connection, [migration_id]).get(migration_id, {}))


def items(
    connection: sa.Connection,
    migration_id: UUID,
    *,
    status: str = "",
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Item]:
    """Return the items of a migration, a page at a time. Stands on its primary key."""
    statement = (
        sa.select(
            migration_items.c.instance_id,
            instances.c.subject_id,
            migration_items.c.status,
            migration_items.c.reason,
            migration_items.c.at,
            sa.and_(
                migration_items.c.status == "moved",
                migration_items.c.revision_after == instances.c.revision,
            ).label("can_be_undone"),
        )
        .join(instances, instances.c.id == migration_items.c.instance_id)
        .where(migration_items.c.migration_id == migration_id)
    )
    if status:
        statement = statement.where(migration_items.c.status == status)
    order = Order((migration_items.c.instance_id,))
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    return page.of(lambda row: Item(*row))


def movable(connection: sa.Connection) -> tuple[Movable, ...]:
    """Return the versions of processes that have running instances."""
    live = sa.select(bundles.c.process_key, bundles.c.version).where(bundles.c.live).subquery()
    statement = (
        sa.select(
            instances.c.process_key,
            definitions.c.name,
            instances.c.version,
            sa.func.count(),
            sa.func.max(live.c.version),
        )
        .join(
            definitions,
            (definitions.c.key == instances.c.process_key)
            & (definitions.c.version == instances.c.version),
        )
        .outerjoin(live, live.c.process_key == instances.c.process_key)
        .where(instances.c.status.in_(moving.RUNNING))
        .group_by(instances.c.process_key, definitions.c.name, instances.c.version)
        .order_by(definitions.c.name, instances.c.version.desc())
    )
    return tuple(
        Movable(key, name, version, count, version == newest)
        for key, name, version, count, newest in connection.execute(statement)
    )


def _counts(connection: sa.Connection, found: list[UUID]) -> dict[UUID, dict[str, int]]:
    counts: dict[UUID, dict[str, int]] = {}
    statement = (
        sa.select(migration_items.c.migration_id, migration_items.c.status, sa.func.count())
        .where(migration_items.c.migration_id.in_(found))
        .group_by(migration_items.c.migration_id, migration_items.c.status)
    )
    for migration_id, status, count in connection.execute(statement):
        counts.setdefault(migration_id, {})[status] = count
    return counts
