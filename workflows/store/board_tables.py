"""Tables of the timer board: what is counted, the authority's target, saved views and emails."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# The ledger of counts: a case that changes adds what it counts more, and what it counts less. Nobody
# updates a row, so that no completion waits for another; readers sum, and a worker merges rows.
tallies = Table(
    "tallies",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("measure", String(12), nullable=False),  # a `duties.tallying.Measure`
    Column("on", Date, nullable=False),  # the day, week or month that it is counted for
    Column("process_key", String(120), nullable=False),
    Column("duty", String(60), nullable=False),
    Column("team_id", String(36), nullable=False),
    Column("agency_id", String(36), nullable=False),
    Column("area", String(60), nullable=False),
    Column("bucket", String(100), nullable=False),
    Column("n", Integer, nullable=False),
    Index("ix_tallies_measure_on", "measure", "on"),
)

# What each case counts now: the difference to what it counts next goes into the ledger.
case_tallies = Table(
    "case_tallies",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("version", Integer, nullable=False),  # of the definitions
    Column("counts", Json, nullable=False),  # key -> number
    Index("ix_case_tallies_version", "version"),
)

# The cases that lack something, so that each is found: the same as they count for it.
case_flaws = Table(
    "case_flaws",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("flaw", String(30), primary_key=True),  # a `duties.tallying.Missing`
    Index("ix_case_flaws_flaw_case_id", "flaw", "case_id"),
)

# What the authority aims at, in per cent.
board_targets = Table(
    "board_targets",
    metadata,
    Column("measure", String(40), primary_key=True),  # plans_in_20_weeks
    Column("per_cent", Float, nullable=False),
    Column("set_by", String(36), nullable=False),
    Column("set_at", Moment, nullable=False),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("owner", String(36), ForeignKey("people.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("address", Text, nullable=False),  # path and query of a page of ours
    Column("shared", Boolean, nullable=False),  # with all managers
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("owner", "name"),
    Index("ix_saved_views_shared", "shared"),
)

# One row for each manager whom a week's board was sent to, so that it is sent once.
board_emails = Table(
    "board_emails",
    metadata,
    Column("person_id", String(36), primary_key=True),
    Column("week", Date, primary_key=True),  # its Monday
    Column("at", Moment, nullable=False),
)
