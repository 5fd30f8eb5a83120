"""Tables of webhooks and their deliveries; what waits to be sent is in the engine's outbox."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("address", String(500), nullable=False),
    Column("events", Json, nullable=False),  # names of workflows.webhooks.events
    Column("agency_id", String(36), nullable=False),  # only its cases; "" for all
    Column("state", String(8), nullable=False),  # on | off
    Column("off_reason", Text, nullable=False),  # why it was switched off by itself, or ""
    # Kept readable, since every delivery is signed with it.
    Column("secret", String(100), nullable=False),
    Column("secret_before", String(100), nullable=False),  # signs too until secret_before_until
    Column("secret_before_until", Moment),
    Column("failures", Integer, nullable=False),  # attempts that failed since the last success
    Column("failing_since", Moment),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("revision", Integer, nullable=False),
)

# One row an attempt; the delivery itself is the row of the outbox with this key.
webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("webhook_id", Uuid, ForeignKey("webhooks.id"), nullable=False),
    Column("delivery", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("status", Integer),  # HTTP status, None where there was no answer
    Column("problem", Text, nullable=False),  # "" where it was taken
    Index("ix_webhook_attempts_delivery_at", "delivery", "at"),
)

# Which deliveries a webhook has had, newest first, without reading the whole outbox.
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("webhook_id", Uuid, ForeignKey("webhooks.id"), primary_key=True),
    Column("delivery", String(200), primary_key=True),
    Column("event", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_webhook_deliveries_webhook_id_at", "webhook_id", "at", "delivery"),
)
