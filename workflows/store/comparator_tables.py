"""Tables of statistics of other authorities."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# A row a year of a published file; loading the year again replaces it, and both stay on record.
statistics_loads = Table(
    "statistics_loads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("year", Integer, nullable=False),  # an academic year counts as the one in which it ends
    Column("period", String(10), nullable=False),  # as people write it: 2024, 2024/25
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("areas", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("missing", Integer, nullable=False),  # figures that are not available
    Column("loaded_at", Moment, nullable=False),
    Column("loaded_by", String(36), nullable=False),
    Column("replaced_at", Moment),
    Index(
        "uq_statistics_loads_current",
        "kind",
        "year",
        unique=True,
        postgresql_where=text("replaced_at IS NULL"),
        sqlite_where=text("replaced_at IS NULL"),
    ),
    Index("ix_statistics_loads_loaded_at_id", "loaded_at", "id"),
)

statistics_areas = Table(
    "statistics_areas",
    metadata,
    Column("code", String(9), primary_key=True),  # of the Office for National Statistics
    Column("kind", String(10), nullable=False),  # england | region | authority
    Column("name", String(100), nullable=False),
    Column("region", String(9), nullable=False),  # code, or "" for England and regions
)

statistics_figures = Table(
    "statistics_figures",
    metadata,
    Column("measure", String(40), primary_key=True),
    Column("area", String(9), ForeignKey("statistics_areas.code"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Float),  # None where it is not available
    Column("mark", String(12), nullable=False),  # the sign that stands instead of a figure
)

# Which of the areas is this authority, and with whom it compares itself: the newest row holds.
comparator_choices = Table(
    "comparator_choices",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("own", String(9), nullable=False),
    Column("region", String(9), nullable=False),
    Column("neighbours", Json, nullable=False),  # codes of areas, in the order chosen
    Column("chosen_at", Moment, nullable=False),
    Column("chosen_by", String(36), nullable=False),
)
