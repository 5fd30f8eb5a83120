"""The tables of what managers do to many things at once, and of who stands in for whom."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

batches = Table(
    "batches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("operation", String(12), nullable=False),  # batches.operation.Operation
    Column("title", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", String(12), nullable=False),  # planned | running | stopped | undoing | done
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(36), nullable=False),
    Column("started_at", Moment),
    Column("started_by", String(36), nullable=False),  # by whose right each item is done; or ""
    Column("undone_by", String(36), nullable=False),  # and undone; or ""
    Column("ended_at", Moment),
    Index("ix_batches_status", "status"),
    Index("ix_batches_created_at_id", "created_at", "id"),
)

batch_items = Table(
    "batch_items",
    metadata,
    Column("batch_id", Uuid, ForeignKey("batches.id"), primary_key=True),
    Column("target_id", Uuid, primary_key=True),  # task, instance, case or incident
    Column("position", Integer, nullable=False),
    Column("assignee", String(36), nullable=False),  # who gets the task; "": its team
    # waiting | done | unchanged | refused | failed | undone | kept
    Column("status", String(12), nullable=False),
    Column("reason", Text, nullable=False),  # why it was refused, failed or could not be undone
    Column("before", String(36), nullable=False),  # who had the task, or how the instance stood
    Column("after", Json),  # how it was left: while that is so, it can be undone
    Column("at", Moment),
    Index("ix_batch_items_batch_id_status_position", "batch_id", "status", "position"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),  # the last day away
    Column("reason", Text, nullable=False),
    Column("move_open", Boolean, nullable=False),  # what they have at the beginning moves as well
    Column("status", String(12), nullable=False),  # planned | running | over | cancelled
    Column("set_by", String(36), nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("batch_id", Uuid, ForeignKey("batches.id")),  # what moved their open tasks
    Index("ix_absences_status_to_date", "status", "to_date"),
    Index("ix_absences_person_id", "person_id"),
)

# Who stands in, for each role that somebody has in a team.
absence_deputies = Table(
    "absence_deputies",
    metadata,
    Column("absence_id", Uuid, ForeignKey("absences.id"), primary_key=True),
    Column("team_id", String(36), primary_key=True),
    Column("role", String(60), primary_key=True),
    Column("deputy_id", String(36), ForeignKey("people.id"), nullable=False),
)
