"""Tables of what managers do to many cases at once, and absences."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# Lawful exceptions that casework asked for: a manager grants or refuses each.
exception_requests = Table(
    "exception_requests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("duty", String(60), nullable=False),
    Column("qualifier", String(60), nullable=False),
    Column("ground", String(60), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("told_family_on", Date),
    Column("reason", Text, nullable=False),
    Column("documents", Json, nullable=False),  # id, title and version of each that shows it
    Column("status", String(12), nullable=False),  # asked | granted | refused
    Column("asked_by", String(36), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("decided_by", String(36), nullable=False),  # "" until somebody did
    Column("decided_at", Moment),
    Column("answer", Text, nullable=False),  # why it was granted or refused
    Column("exception_id", Uuid),  # what granting it recorded
    Index("ix_exception_requests_case_id", "case_id"),
    Index("ix_exception_requests_status_asked_at_id", "status", "asked_at", "id"),
)

# Failed steps of one cause that are tried again one after the other, by the worker.
retries = Table(
    "retries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("title", Text, nullable=False),  # the cause, in words
    Column("process_key", String(120), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("status", String(12), nullable=False),  # running | done
    Column("asked_by", String(36), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("size", Integer, nullable=False),
    Index("ix_retries_status_asked_at_id", "status", "asked_at", "id"),
)

retry_items = Table(
    "retry_items",
    metadata,
    Column("retry_id", Uuid, ForeignKey("retries.id"), primary_key=True),
    Column("incident_id", Uuid, primary_key=True),
    Column("case_id", Uuid, nullable=False),
    Column("status", String(12), nullable=False),  # waiting | succeeded | failed | gone | refused
    Column("message", Text, nullable=False),
    Column("at", Moment),
    Index("ix_retry_items_retry_id_status", "retry_id", "status"),
)
