"""Keep how well forecasts turned out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.store import forecasts


@dataclass(frozen=True, slots=True)
class KeepBacktest:
    """Forecasts of some weeks before were held against what is known in a week.

    Attributes:
        week: Its Monday.
        cases: Forecasts that were tested.
        p50, p80: Of how many one knows whether that day was kept, and how many kept it.
        bands: For each fifth of the chance to be late: how many, and how many were late.
    """

    week: dt.date
    cases: int
    p50: tuple[int, int]
    p80: tuple[int, int]
    bands: Sequence[tuple[int, int]]


def keep_backtest(command: KeepBacktest, work: Work) -> None:
    """Keep it in place of what was found for the same week."""
    row = {
        "week": command.week,
        "tested_at": work.now,
        "cases": command.cases,
        "of_p50": command.p50[0],
        "by_p50": command.p50[1],
        "of_p80": command.p80[0],
        "by_p80": command.p80[1],
        "bands": [list(each) for each in command.bands],
    }
    forecasts.keep_backtest(work.connection, row)
