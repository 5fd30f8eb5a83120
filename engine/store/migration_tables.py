"""The tables of migrations: which instances go to which version, and what became of each."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
)

from engine.store.tables import Json, metadata
from engine.store.types import Moment

migrations = Table(
    "migrations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("process_key", String(120), nullable=False),
    Column("from_version", Integer, nullable=False),
    Column("to_version", Integer, nullable=False),
    Column("to_bundle", String(64), ForeignKey("bundles.id"), nullable=False),
    Column("by_hand", Json, nullable=False),  # element -> element of the new version, "" for none
    Column("reason", Text, nullable=False),
    Column("status", String(12), nullable=False),  # planned | running | stopped | undoing | done
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(36), nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Index("ix_migrations_status", "status"),
    Index("ix_migrations_created_at_id", "created_at", "id"),
)

migration_items = Table(
    "migration_items",
    metadata,
    Column("migration_id", Uuid, ForeignKey("migrations.id"), primary_key=True),
    Column("instance_id", Uuid, ForeignKey("instances.id"), primary_key=True),
    # waiting | moved | blocked | ended | unchanged | undone | kept
    Column("status", String(12), nullable=False),
    Column("reason", Text, nullable=False),  # why it is blocked, or could not be undone
    Column("at", Moment),
    Column("state_before", LargeBinary),  # for the undoing, with `before`
    Column("before", Json),  # bundle, versions, what was done, dates of tasks
    Column("revision_after", Integer),  # of the instance; None where a move cannot be undone
    Index("ix_migration_items_migration_id_status", "migration_id", "status"),
    Index("ix_migration_items_instance_id", "instance_id"),
)
