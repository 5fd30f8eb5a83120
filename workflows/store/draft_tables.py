"""Tables of diagrams that are being worked on."""

from sqlalchemy import (
    Boolean,
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
from sqlalchemy.sql import text

from engine.store.tables import metadata
from engine.store.types import Moment

# One row a draft; saved over and over, each time with the revision that was looked at.
diagram_drafts = Table(
    "diagram_drafts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(8), nullable=False),  # bpmn | dmn
    Column(
        "key", String(120), nullable=False
    ),  # id of its process or decision; "" where it has no one
    Column("name", String(200), nullable=False),
    Column("xml", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),  # version of the same key; 0 where it is new
    Column("status", String(12), nullable=False),  # open | published | discarded
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(36), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("saved_by", String(36), nullable=False),
    Column("published_version", Integer),
    Index("ix_diagram_drafts_key_status", "key", "status"),
    Index(
        "ix_diagram_drafts_open",
        "saved_at",
        "id",
        postgresql_where=text("status = 'open'"),
        sqlite_where=text("status = 'open'"),
    ),
)

# What people say to each other about a draft, or about an element of it.
draft_comments = Table(
    "draft_comments",
    metadata,
    Column("draft_id", Uuid, ForeignKey("diagram_drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("element_id", String(120), nullable=False),  # "" where it is about the whole
    Column("text", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String(36)),
)

# Who has a draft open just now, so that two are told of each other.
draft_readers = Table(
    "draft_readers",
    metadata,
    Column("draft_id", Uuid, ForeignKey("diagram_drafts.id"), primary_key=True),
    Column("person_id", String(36), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

# Approval of a draft by a second person; it holds for the one revision that was asked about.
draft_approvals = Table(
    "draft_approvals",
    metadata,
    Column("draft_id", Uuid, ForeignKey("diagram_drafts.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", String(36), nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(36)),
    Column("approved", Boolean),
    Column("reason", Text, nullable=False),
)

# The one row that says how this authority publishes.
publishing_rules = Table(
    "publishing_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("second_person", Boolean, nullable=False),  # a draft needs the approval of another
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(36), nullable=False),
)
