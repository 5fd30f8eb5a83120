"""The share of plans issued in time: of the months that have passed, and as expected of those to come."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from workflows.queries.forecast_state import month_of
from workflows.rulebook import load
from workflows.store.forecast_tables import forecast_outlooks
from workflows.store.tables import deadlines

MONTHS_BACK: Final = 12


@dataclass(frozen=True, slots=True)
class Month:
    """The plans of a month. `expected…`: still to come, on average over the draws."""

    first: dt.date
    in_time: int
    late: int
    expected_in_time: float = 0.0
    expected_late: float = 0.0

    @property
    def share(self) -> float | None:
        """The share in time that is projected; None where no plan is."""
        in_time = self.in_time + self.expected_in_time
        whole = in_time + self.late + self.expected_late
        return in_time / whole if whole >= 0.5 else None  # noqa: PLR2004 (half a plan is none)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was expected of a month on a day."""

    on: dt.date
    month: Month


@dataclass(frozen=True, slots=True)
class MonthOutlook:
    """The share in time.

    Attributes:
        past: Months that are over, the oldest first.
        coming: This month and the next, as expected now.
        seen: How the projection of this month moved, day by day.
    """

    past: tuple[Month, ...]
    coming: tuple[Month, ...]
    seen: tuple[Seen, ...]


def month_outlook(connection: sa.Connection, today: dt.date) -> MonthOutlook:
    """Return the share in time. Stands on ix_deadlines_duty_state_due and the key of outlooks."""
    first, _ = month_of(today)
    rows = connection.execute(
        sa.select(*forecast_outlooks.c)
        .where(forecast_outlooks.c.month >= first)
        .order_by(forecast_outlooks.c.made_on, forecast_outlooks.c.month)
    )
    seen = [Seen(row.made_on, Month(*row[1:])) for row in rows]
    newest = {each.month.first: each.month for each in seen}
    return MonthOutlook(
        _past(connection, first),
        tuple(newest[key] for key in sorted(newest)),
        tuple(each for each in seen if each.month.first == first),
    )


def _past(connection: sa.Connection, until: dt.date) -> tuple[Month, ...]:
    begins = until
    for _ in range(MONTHS_BACK):
        begins, _ = month_of(begins - dt.timedelta(days=1))
    rows = connection.execute(
        sa.select(deadlines.c.met, deadlines.c.state, sa.func.count().label("issued"))
        .where(
            deadlines.c.duty == load.current().headline,
            deadlines.c.state.in_(["met", "met_late"]),
            deadlines.c.met >= begins,
            deadlines.c.met < until,
        )
        .group_by(deadlines.c.met, deadlines.c.state)
    )
    counted: dict[tuple[dt.date, str], int] = defaultdict(int)
    for row in rows:
        counted[month_of(row.met)[0], row.state] += row.issued
    months = sorted({month for month, _ in counted})
    return tuple(Month(each, counted[each, "met"], counted[each, "met_late"]) for each in months)
