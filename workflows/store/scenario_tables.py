"""Tables of stories: those that process owners keep, and those that they are just trying."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# Stories kept by process owners; those that come with the program are files in bpmn/scenarios.
scenarios = Table(
    "scenarios",
    metadata,
    Column("process_key", String(120), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("toml", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("saved_by", String(36), nullable=False),
    Column("retired_at", Moment),
    Column("retired_by", String(36)),
)

# What somebody did with a draft, step by step: the sandbox is made of it whenever it is looked at.
draft_trials = Table(
    "draft_trials",
    metadata,
    Column("draft_id", Uuid, ForeignKey("diagram_drafts.id"), primary_key=True),
    Column("person_id", String(36), primary_key=True),
    Column("story", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

# The stories that a change concerns, lived with its diagrams: one row a set of both, done once.
rehearsals = Table(
    "rehearsals",
    metadata,
    Column("checksum", String(64), primary_key=True),
    Column("status", String(12), nullable=False),  # running | passed | failed
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failures", Json, nullable=False),  # name of the story -> where it goes another way
    Column("started_at", Moment, nullable=False),
    Column("started_by", String(36), nullable=False),
    Column("seen_at", Moment, nullable=False),
)
