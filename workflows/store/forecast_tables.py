"""Tables of forecasts."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, String, Table, Uuid

from engine.store.tables import metadata
from engine.store.types import Moment

# When an open case will probably be finished; one row a case while its main time limit is open.
forecasts = Table(
    "forecasts",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("process_key", String(120), nullable=False),
    Column("duty", String(60), nullable=False),  # the time limit that the finish is held against
    Column("due", Date, nullable=False),
    Column("p50", Date, nullable=False),  # finished by then as likely as not
    Column("p80", Date, nullable=False),  # finished by then in four of five draws
    Column("chance_late", Float, nullable=False),  # 0 to 1
    Column("at_risk", Boolean, nullable=False),  # p50 lies after the date due
    Column("driver", String(120), nullable=False),  # the element that takes most of the time left
    Column("driver_share", Float, nullable=False),  # of the time left, 0 to 1
    Column("team_id", String(36), nullable=False),
    Column("agency_id", String(36), nullable=False),
    Column("area", String(60), nullable=False),
    Column("computed_at", Moment, nullable=False),
    Column("stale", Boolean, nullable=False),  # a fact arrived since: to be computed again
    Index("ix_forecasts_at_risk_due_case_id", "at_risk", "due", "case_id"),
    Index("ix_forecasts_stale_computed_at", "stale", "computed_at"),
)
