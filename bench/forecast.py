"""The forecasts of all open cases of a county, and that of one case in which something happened.

Both with all that belongs to it: the rows are read, the diagrams walked a thousand draws at once, what
would save the case is tried, and the result is committed.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from bench.databases import tidy
from bench.measure import Count, Figure, median
from bench.task_list import Copier
from engine.store import tables as engine_tables
from tests.support import county as counties
from tests.support.county import County
from workflows.forecast.job import Forecaster
from workflows.queries.forecast_list import ForecastFilter, forecast_list
from workflows.queries.forecast_summary import forecast_summary
from workflows.store import tables
from workflows.store.forecast_tables import forecasts

CASES: Final = 3_000
MOST_SECONDS: Final = 60.0
MOST_MILLISECONDS: Final = 100.0
MOST_OF_A_PAGE: Final = 300.0  # milliseconds
ROUNDS: Final = 15
# Where the copied cases stand: from the first step to the last.
STAGES: Final = ("give_views", "give_advice", "hold_meeting", "comment_on_draft", "finalise_plan")
MORE: Final = (
    (engine_tables.timers, engine_tables.timers.c.subject_id),
    (tables.case_facts, tables.case_facts.c.case_id),
)


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Compute 3,000 forecasts, then one of them again and again, and show the list."""
    with TemporaryDirectory() as folder:
        county = County(counties.settle(url, Path(folder)))
        one = _fill(county)
        forecaster = Forecaster(county.system)
        now = county.system.now()
        forecaster.knowledge(now)
        begun = time.perf_counter()
        while forecaster.compute_some(now):
            pass
        took = time.perf_counter() - begun
        yield Count(
            f"forecasts of {_count(county):,} open cases, {name}", round(took, 1), "s", MOST_SECONDS
        )
        again = median(lambda: forecaster.compute([one], now), ROUNDS)
        yield Count(
            f"forecast of one case, {name}", round(again * 1000, 1), "ms", MOST_MILLISECONDS
        )
        page = median(lambda: _page(county), ROUNDS)
        yield Count(f"page of forecasts, {name}", round(page * 1000, 1), "ms", MOST_OF_A_PAGE)
        county.system.engine.dispose()


def _fill(county: County) -> UUID:
    """Let cases come to each stage and copy them; return one where advice is waited for."""
    found = {}
    for stage in STAGES:
        case_id = county.open_case(child_first_name=stage)
        county.walk(case_id, until=stage)
        found[stage] = case_id
        Copier(county, case_id, MORE).copy_cases(CASES // len(STAGES) - 1)
    tidy(county.system.engine)
    return found["give_advice"]


def _count(county: County) -> int:
    with county.system.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(forecasts)).scalar_one()


def _page(county: County) -> None:
    manager, today = county.person("manager"), county.system.now().date()
    with county.system.read() as connection:
        found = forecast_list(connection, manager, ForecastFilter(), today=today)
        summary = forecast_summary(connection, manager, today)
    if not found.items or not summary.drivers:
        raise AssertionError("nothing to show")
