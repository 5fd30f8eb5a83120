"""The tables of the transition plan: who holds a statement or an assessment, and when they move."""

from sqlalchemy import (
    Column,
    Date,
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
from workflows.store.tables import cases

learners = Table(
    "learners",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("date_of_birth", Date, nullable=False),
    Column("kind", String(10), nullable=False),  # statement | lda
    Column("year_group", Integer, nullable=False),  # 0 is Reception, -1 Nursery
    Column("school_year", Integer, nullable=False),  # in which they are in it: 2014 is 2014 to 2015
    Column("setting_id", String(36), nullable=False),  # agency of kind setting, or ""
    Column("setting_name", String(200), nullable=False),
    Column("setting_kind", String(20), nullable=False),  # as cohorts.toml names them
    Column("leaves_in", Integer),  # year in which they move on, where it is not the usual one
    Column("statement_date", Date),
    Column("identity", String(300), nullable=False),  # folded name, date of birth, kind
    Column("month", Date),  # the first day of the month that somebody chose, or None
    Column("month_reason", Text, nullable=False),
    Column("case_id", Uuid, ForeignKey(cases.c.id)),
    Column("revision", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", String(36), nullable=False),
    UniqueConstraint("identity"),
    Index("ix_learners_last_name_first_name_id", "last_name", "first_name", "id"),
    Index("ix_learners_case_id", "case_id"),
)

# Append-only. It outlives its learner, who may have been entered by mistake.
learner_history = Table(
    "learner_history",
    metadata,
    Column("learner_id", Uuid, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(36), nullable=False),
    Column("kind", String(40), nullable=False),  # added | corrected | placed | started | removed
    Column("body", Json, nullable=False),
)
