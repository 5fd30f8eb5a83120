"""Tables of the authority's own templates."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# One row a version; the newest is live. Nothing is ever overwritten: going back is a new version.
notice_templates = Table(
    "notice_templates",
    metadata,
    Column("kind", String(60), primary_key=True),  # a kind of notice, or "word"
    Column("version", Integer, primary_key=True),
    Column("words", Json),  # title, body and parts of a notice
    Column("file", LargeBinary),  # the Word template
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("reason", Text, nullable=False),
)
