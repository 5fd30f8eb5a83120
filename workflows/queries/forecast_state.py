"""How far forecasts are: what was learned and when, what is expected of a month, which weeks were tested."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workflows.calendar import london
from workflows.store.forecast_tables import (
    forecast_backtests,
    forecast_lessons,
    forecast_outlooks,
    forecasts,
)
from workflows.store.tables import deadlines


@dataclass(frozen=True, slots=True)
class ForecastState:
    """How far forecasts are.

    Attributes:
        learned_at: When was last learned, None where never.
        outlook_on: The day on which it was last told what is expected of a month.
        tested: The newest week in which forecasts were held against what came.
    """

    learned_at: dt.datetime | None
    outlook_on: dt.date | None
    tested: dt.date | None


@dataclass(frozen=True, slots=True)
class Expected:
    """Plans of a month: issued so far, and still to come on average."""

    in_time: int
    late: int
    expected_in_time: float
    expected_late: float


def forecast_state(connection: sa.Connection) -> ForecastState:
    """Return how far forecasts are."""
    learned_at = connection.execute(sa.select(forecast_lessons.c.learned_at)).scalar_one_or_none()
    outlook = connection.execute(sa.select(sa.func.max(forecast_outlooks.c.made_on))).scalar_one()
    tested = connection.execute(sa.select(sa.func.max(forecast_backtests.c.week))).scalar_one()
    return ForecastState(learned_at, outlook, tested)


def learned_document(connection: sa.Connection) -> Mapping[str, Any] | None:
    """Return what was learned, None where nothing was."""
    found: Mapping[str, Any] | None = connection.execute(
        sa.select(forecast_lessons.c.document)
    ).scalar_one_or_none()
    return found


def expected_of(
    connection: sa.Connection, duty: str, month: tuple[dt.date, dt.date], *, following: bool
) -> Expected:
    """Return what is expected of a month.

    Args:
        connection: To read. Stands on ix_deadlines_duty_state_due.
        duty: Code of the time limit that plans are counted by.
        month: Its first day, and the first day after it.
        following: It is the month after the present one.
    """
    rows = connection.execute(
        sa.select(deadlines.c.state, sa.func.count().label("issued"))
        .where(
            deadlines.c.duty == duty,
            deadlines.c.state.in_(["met", "met_late"]),
            deadlines.c.met >= month[0],
            deadlines.c.met < month[1],
        )
        .group_by(deadlines.c.state)
    )
    issued = {row.state: row.issued for row in rows}
    in_time, late = (
        (forecasts.c.next_in_time, forecasts.c.next_late)
        if following
        else (forecasts.c.this_in_time, forecasts.c.this_late)
    )
    sums = connection.execute(
        sa.select(sa.func.sum(in_time), sa.func.sum(late)).where(forecasts.c.duty == duty)
    ).one()
    return Expected(
        issued.get("met", 0), issued.get("met_late", 0), float(sums[0] or 0), float(sums[1] or 0)
    )


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day of the month of a day, and of the next month."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=32)).replace(day=1)


def is_of_an_earlier_day(moment: dt.datetime | None, today: dt.date) -> bool:
    """Tell whether a moment lies before a day in London, or never was."""
    return moment is None or london.local_date(moment) < today
