"""The tables of EHC plans: one working plan a case, versions that were issued, and comments."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from engine.store.tables import Json, metadata
from engine.store.types import Moment

plans = Table(
    "plans",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("revision", Integer, nullable=False),  # grows with every change
    Column("document", Json, nullable=False),  # workflows.plan.document, with its schema number
    Column("changed", Json, nullable=False),  # section to revision, who and when
)

# Written once, never changed.
plan_versions = Table(
    "plan_versions",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("final", Boolean, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the document in its canonical form
    Column("document", Json, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Column("frozen_by", String(36), nullable=False),
)

plan_comments = Table(
    "plan_comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("place", Integer, nullable=False),  # in the order in which a case's comments were made
    Column("section", String(2), nullable=False),
    Column("version", Integer, nullable=False),  # what it is about; 0: the working plan
    Column("reply_to", Uuid),  # the comment that this one answers
    Column("text", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(36), nullable=False),
    UniqueConstraint("case_id", "place"),
)
