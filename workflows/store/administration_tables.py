"""Tables of what administrators set."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# Append-only: who changed what, when, from what to what.
administration_history = Table(
    "administration_history",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(36), nullable=False),
    Column("what", String(20), nullable=False),  # agency | team | person | area | routing | …
    Column("subject", String(80), nullable=False),  # its identifier
    Column("name", String(200), nullable=False),  # what it was called then
    Column("kind", String(40), nullable=False),  # added | changed | closed | …
    Column("changes", Json, nullable=False),  # [field, from, to] of each that differs, in words
    Column("reason", Text, nullable=False),
    Index("ix_administration_history_at_id", "at", "id"),
    Index("ix_administration_history_what_subject_at", "what", "subject", "at"),
)

# A link by which somebody sets their first password, or a new one. Its secret is sent, never kept.
invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("ix_invitations_person_id", "person_id"),
)

school_terms = Table(
    "school_terms",
    metadata,
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
    Column("name", String(100), nullable=False),
)

# A change of the closures, and how far the cases that it concerns have been derived anew.
calendar_changes = Table(
    "calendar_changes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(36), nullable=False),
    Column("kind", String(10), nullable=False),  # added | removed
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("name", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_calendar_changes_at_id", "at", "id"),
)

calendar_change_cases = Table(
    "calendar_change_cases",
    metadata,
    Column("change_id", Uuid, ForeignKey("calendar_changes.id"), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("state", String(10), nullable=False),  # waiting | done | failed
    Column("moved", Integer, nullable=False),  # time limits that have another last day now
    Column("problem", Text, nullable=False),
    Index("ix_calendar_change_cases_state", "state", "change_id", "case_id"),
)
