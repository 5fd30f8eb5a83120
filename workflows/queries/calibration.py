"""How forecasts turned out, week by week, and over the last weeks together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from workflows.store.forecast_tables import forecast_backtests

NEWEST: Final = 26  # weeks shown


@dataclass(frozen=True, slots=True)
class Week:
    """How forecasts turned out, as known in a week.

    Attributes:
        p50, p80: Of how many one knows whether that day was kept, and how many kept it.
        bands: For each fifth of the chance to be late: how many, and how many were late.
    """

    monday: dt.date
    cases: int
    p50: tuple[int, int]
    p80: tuple[int, int]
    bands: tuple[tuple[int, int], ...]


def calibration(connection: sa.Connection) -> tuple[Week, ...]:
    """Return the newest weeks, the newest first."""
    rows = connection.execute(
        sa.select(*forecast_backtests.c).order_by(forecast_backtests.c.week.desc()).limit(NEWEST)
    )
    return tuple(_week(row) for row in rows)


def together(weeks: Sequence[Week]) -> Week | None:
    """Return some weeks added up, None where there are none."""
    if not weeks:
        return None
    return Week(
        weeks[0].monday,
        sum(each.cases for each in weeks),
        _sum([each.p50 for each in weeks]),
        _sum([each.p80 for each in weeks]),
        tuple(_sum(each) for each in zip(*(week.bands for week in weeks), strict=True)),
    )


def _sum(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(each[0] for each in pairs), sum(each[1] for each in pairs)


def _week(row: Any) -> Week:  # noqa: ANN401
    return Week(
        row.week,
        row.cases,
        (row.of_p50, row.by_p50),
        (row.of_p80, row.by_p80),
        tuple((many, late) for many, late in row.bands),
    )
