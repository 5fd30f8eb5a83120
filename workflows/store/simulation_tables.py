"""Table of simulations: what they were given, how far they are, and what they found."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

simulations = Table(
    "simulations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("runs", Json, nullable=False),  # for each: label, process, files as text, setup
    Column("status", String(12), nullable=False),  # waiting | running | done | failed | …
    Column("progress", Float, nullable=False),  # 0 to 1
    Column("beats", Integer, nullable=False),  # counted up while it runs; stands still if it died
    Column("stop", Boolean, nullable=False),  # somebody wants it to stop
    Column("results", Json),  # for each run
    Column("problem", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", String(36), nullable=False),
    Column("ended_at", Moment),
    Index("ix_simulations_asked_at_id", "asked_at", "id"),
    Index("ix_simulations_status_asked_at_id", "status", "asked_at", "id"),
)
