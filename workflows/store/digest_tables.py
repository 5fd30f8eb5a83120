"""Tables of what people are told by email once a day."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Uuid

from engine.store.tables import metadata
from engine.store.types import Moment

# Reminders, chasers and escalations, a row for each of those whom they must reach.
reminders = Table(
    "reminders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("recipient", String(60), nullable=False),  # person:… | team:… | role:manager
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("how", String(12), nullable=False),  # remind | chase | escalate
    Column("about", String(200), nullable=False),  # names nobody
    Column("at", Moment, nullable=False),
    Index("ix_reminders_recipient_at", "recipient", "at"),
    Index("ix_reminders_case_id", "case_id"),
)

# One row for each who could be written to on a day, whether there was anything to say or not.
digests = Table(
    "digests",
    metadata,
    Column("recipient", String(60), primary_key=True),  # person:… | team:…
    Column("day", Date, primary_key=True),  # in London
    Column("covers", String(12), nullable=False),  # all | escalations | nothing
    Column("at", Moment, nullable=False),
)
