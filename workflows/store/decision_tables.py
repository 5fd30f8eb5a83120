"""The table of decisions: what was decided on a case, by which test, and what was seen for it."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment
from workflows.store.tables import cases

# Projected from DecisionRecorded, and never changed after.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey(cases.c.id), nullable=False),
    Column("task_id", Uuid, nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("name", String(200), nullable=False),
    Column("legal_test", Text, nullable=False),
    Column("on", Date, nullable=False),  # in London
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(36), nullable=False),
    Column("source", String(200), nullable=False),  # who gave it, where another entered it; or ""
    Column("answers", Json, nullable=False),  # id, label and value of each question, in order
    Column(
        "documents", Json, nullable=False
    ),  # id, title, version and sha256 of each that was seen
    Column("chosen", Boolean, nullable=False),  # named by whoever decided; else all there were
    Index("ix_decisions_case_id_decided_at", "case_id", "decided_at"),
)
