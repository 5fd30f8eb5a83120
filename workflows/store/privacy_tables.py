"""Tables of restricted cases, subject access, retention and legal hold."""

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from engine.store.tables import Json, metadata
from engine.store.types import Moment
from workflows.store.tables import cases

# Cases that are hidden from all but a few. A row is there while the restriction holds.
restrictions = Table(
    "restrictions",
    metadata,
    Column("case_id", Uuid, ForeignKey(cases.c.id), primary_key=True),
    Column("kind", String(40), nullable=False),  # a code of workflows.access.restricted
    Column("reason", Text, nullable=False),
    Column("restricted_at", Moment, nullable=False),
    Column("restricted_by", String(36), nullable=False),
)

restriction_people = Table(
    "restriction_people",
    metadata,
    Column("case_id", Uuid, ForeignKey(cases.c.id), primary_key=True),
    Column("person_id", String(36), primary_key=True),
)

restriction_teams = Table(
    "restriction_teams",
    metadata,
    Column("case_id", Uuid, ForeignKey(cases.c.id), primary_key=True),
    Column("team_id", String(36), primary_key=True),
)

# Who opened a restricted case with a stated reason, and until when it stays open to them.
broken_glass = Table(
    "broken_glass",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey(cases.c.id), nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Index("ix_broken_glass_person_id_until", "person_id", "until"),
    Index("ix_broken_glass_case_id", "case_id"),
)

# Whom each of these was told to; they see it on every page until they have acknowledged it.
glass_alerts = Table(
    "glass_alerts",
    metadata,
    Column("glass_id", Uuid, ForeignKey(broken_glass.c.id), primary_key=True),
    Column("person_id", String(36), primary_key=True),
    Column("acknowledged_at", Moment),
    Index(
        "ix_glass_alerts_new",
        "person_id",
        postgresql_where=text("acknowledged_at IS NULL"),
        sqlite_where=text("acknowledged_at IS NULL"),
    ),
)

# Who read the record of access itself, and what they asked of it.
access_readings = Table(
    "access_readings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("asked", Text, nullable=False),
    Index("ix_access_readings_at_id", "at", "id"),
)

# Requests of people to see what is held about them.
subject_requests = Table(
    "subject_requests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey(cases.c.id), nullable=False),
    Column("requester", String(200), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("status", String(12), nullable=False),  # open | waiting | running | ready | failed
    Column("choices", Json),  # what is redacted, and which files are left out
    Column("progress", Float, nullable=False),
    Column("problem", Text, nullable=False),
    Column("logged_at", Moment, nullable=False),
    Column("logged_by", String(36), nullable=False),
    Column("released_on", Date),
    Column("released_by", String(36), nullable=False),
    Column("begun_at", Moment),
    Column(
        "location", String(300), nullable=False
    ),  # in the document store, "" while there is none
    Column("sha256", String(64), nullable=False),
    Column("expires_at", Moment),
    Index("ix_subject_requests_received_on_id", "received_on", "id"),
    Index("ix_subject_requests_status", "status"),
    Index("ix_subject_requests_case_id", "case_id"),
)

# How long which cases are kept: what holds from a day on, until another rule takes its place.
retention_rules = Table(
    "retention_rules",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),  # an outcome of cases
    Column("event", String(20), nullable=False),  # closed | birth
    Column("years", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),  # the last day on which it holds
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(36), nullable=False),
)

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("case_id", Uuid, ForeignKey(cases.c.id), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("placed_by", String(36), nullable=False),
)

# What one person proposed to erase, and another confirmed.
erasure_proposals = Table(
    "erasure_proposals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("status", String(12), nullable=False),  # proposed | confirmed | done | withdrawn
    Column("as_of", Date, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("proposed_by", String(36), nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(36), nullable=False),
    Index("ix_erasure_proposals_proposed_at_id", "proposed_at", "id"),
    Index("ix_erasure_proposals_status", "status"),
)

erasure_items = Table(
    "erasure_items",
    metadata,
    Column("proposal_id", Uuid, ForeignKey(erasure_proposals.c.id), primary_key=True),
    Column("case_id", Uuid, ForeignKey(cases.c.id), primary_key=True),
    Column("rule_id", Uuid, ForeignKey(retention_rules.c.id), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("status", String(12), nullable=False),  # waiting | erased | kept
    Column("why", Text, nullable=False),  # why it was kept
    Index("ix_erasure_items_proposal_id_status", "proposal_id", "status"),
)

# The proof that a case was erased: what there was, by number, and the end of its history.
erasures = Table(
    "erasures",
    metadata,
    Column("case_id", Uuid, ForeignKey(cases.c.id), primary_key=True),
    Column("proposal_id", Uuid, ForeignKey(erasure_proposals.c.id), nullable=False),
    Column("erased_at", Moment, nullable=False),
    Column("counts", Json, nullable=False),
    Column("digest", String(64), nullable=False),  # of its history as it was left
    Index("ix_erasures_erased_at", "erased_at"),
)
