"""Tables of forecasts."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Uuid

from engine.store.tables import Json, metadata
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
    Column("excused", Boolean, nullable=False),  # a lawful exception lifts the limit
    # How probably the limit is met in the month of `computed_at`, and in the next: in time, and late.
    Column("this_in_time", Float, nullable=False),
    Column("this_late", Float, nullable=False),
    Column("next_in_time", Float, nullable=False),
    Column("next_late", Float, nullable=False),
    Index("ix_forecasts_at_risk_due_case_id", "at_risk", "due", "case_id"),
    Index("ix_forecasts_stale_computed_at", "stale", "computed_at"),
    Index("ix_forecasts_chance_late_case_id", "chance_late", "case_id"),
    Index("ix_forecasts_due_case_id", "due", "case_id"),
)

# What would lower a case's chance to be late, as computed along with its forecast.
forecast_rescues = Table(
    "forecast_rescues",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("action", String(20), primary_key=True),
    Column("step", String(200), primary_key=True),
    Column("task_id", Uuid),  # None where its step has not opened yet
    Column("before", Float, nullable=False),
    Column("after", Float, nullable=False),
    Column("gain", Float, nullable=False),
    Index("ix_forecast_rescues_gain_case_id", "gain", "case_id"),
)

# What was learned from history: one row, learned anew each day.
forecast_lessons = Table(
    "forecast_lessons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learned_at", Moment, nullable=False),
    Column("document", Json, nullable=False),
)

# What was expected, day by day, of the plans issued in a month.
forecast_outlooks = Table(
    "forecast_outlooks",
    metadata,
    Column("made_on", Date, primary_key=True),
    Column("month", Date, primary_key=True),  # its first day
    Column("in_time", Integer, nullable=False),  # issued so far
    Column("late", Integer, nullable=False),
    Column("expected_in_time", Float, nullable=False),  # still to come
    Column("expected_late", Float, nullable=False),
)

# How well forecasts turned out: those of some weeks before, by what is known in this week.
forecast_backtests = Table(
    "forecast_backtests",
    metadata,
    Column("week", Date, primary_key=True),  # its Monday
    Column("tested_at", Moment, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("of_p50", Integer, nullable=False),  # forecasts of which one knows whether P50 was kept
    Column("by_p50", Integer, nullable=False),  # of those, finished by then
    Column("of_p80", Integer, nullable=False),
    Column("by_p80", Integer, nullable=False),
    Column(
        "bands", Json, nullable=False
    ),  # for each fifth of the chance to be late: how many, late
)
