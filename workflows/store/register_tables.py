"""The tables of the register of phased duties: how each stands, what shows it, what was said when."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# A row once somebody has entered something; what a duty is stands in phased_duties.toml.
phased_duties = Table(
    "phased_duties",
    metadata,
    Column("duty", String(60), primary_key=True),
    Column("owner", String(36), nullable=False),  # person id, or ""
    Column("state", String(20), nullable=False),
    Column("last_reviewed", Date),
    Column("earlier_review", Date),  # set by hand, before the interval would bring it
    Column("earlier_reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # the last entry of its history
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(36), nullable=False),
)

# Append-only: who entered what, and when.
phased_duty_history = Table(
    "phased_duty_history",
    metadata,
    Column(
        "duty",
        String(60),
        ForeignKey("phased_duties.duty"),
        primary_key=True,
    ),
    Column("revision", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(36), nullable=False),
    Column("kind", String(40), nullable=False),  # changed | reviewed | brought_forward | …
    Column("body", Json, nullable=False),
)

phased_duty_evidence = Table(
    "phased_duty_evidence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("duty", String(60), ForeignKey("phased_duties.duty"), nullable=False),
    Column("text", Text, nullable=False),
    Column("link", String(500), nullable=False),  # http or https, or ""
    Column("file_name", String(200), nullable=False),  # "" where there is no file
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("location", String(300), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", String(36), nullable=False),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", String(36), nullable=False),
    Column("withdrawn_reason", Text, nullable=False),
    Index("ix_phased_duty_evidence_duty", "duty"),
)

# What was said about a review: its key lets it be said once, however many workers run.
phased_duty_reminders = Table(
    "phased_duty_reminders",
    metadata,
    Column("duty", String(60), primary_key=True),
    Column("kind", String(12), primary_key=True),  # reminder | escalation
    Column("review_on", Date, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("owner", String(36), nullable=False),  # whom it concerns, as it was then; or ""
    Index("ix_phased_duty_reminders_at", "at"),
)
