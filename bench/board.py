"""The board among many cases and among few, and what a completion pays for keeping it true."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from bench.databases import tidy
from bench.measure import Count, Figure, seconds
from bench.pages import page_time
from engine.store.tables import history
from tests.support import county as counties
from tests.support.county import County
from tests.support.lived import Life
from tests.support.pages import Visitor, settings_for
from webapp.app import create_app
from workflows.demo.grow import grow
from workflows.projections import tallies
from workflows.store.tables import cases, deadlines

FEW: Final = 2_000
MANY: Final = 20_000
STEPS: Final = 60  # of the life that is copied
PAIRS: Final = 6  # cases that are walked with the counts, and as many without
MOST: Final = 1.5
MOST_MS: Final = 300
MOST_EXTRA: Final = 1.1
VIEWS: Final = {
    "overview": "/board",
    "overview by agency, of one area": "/board?by=agency&area=north",
    "flow": "/board/flow",
    "advice": "/board/advice",
    "delays": "/board/delays",
    "load": "/board/load",
    "disputes": "/board/disputes",
    "data quality": "/board/quality",
}


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Grow a county, look at each view at both sizes, then walk cases with the counts and without."""
    with TemporaryDirectory() as folder:
        county = County(counties.settle(url, Path(folder)))
        Life(county, 1).go_on(STEPS)
        app = create_app(settings_for(Path(folder)), county.system)
        manager = Visitor(app)
        manager.sign_in("manager")
        _grow_to(county, FEW)
        few = {view: page_time(manager, address) for view, address in VIEWS.items()}
        _grow_to(county, MANY)
        yield from _sizes(county, name)
        for view, address in VIEWS.items():
            many = page_time(manager, address)
            title = f"board, {view}, {MANY:,} cases against {FEW:,}, {name}"
            limited = name == "PostgreSQL"
            before = few[view].at_the_pace_of(many)
            yield Figure(title, many.seconds, before, MOST if limited else None)
            yield Count(
                f"board, {view}, {name}", many.seconds * 1000, "ms", MOST_MS if limited else None
            )
        yield _extra(county, name)
        county.system.engine.dispose()


def _grow_to(county: County, wanted: int) -> None:
    with county.system.read() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(cases)).scalar_one()
    grow(county.system, wanted - count, seed=1)
    tidy(county.system.engine)


def _sizes(county: County, name: str) -> Iterator[Count]:
    with county.system.read() as connection:
        for table in (cases, deadlines, history):
            count = sa.select(sa.func.count()).select_from(table)
            yield Count(f"rows of {table.name}, {name}", connection.execute(count).scalar_one())


def _extra(county: County, name: str) -> Figure:
    """Walk cases step by step: the same step of two cases in turn, one with the counts, one without."""
    with_counts: dict[str, list[float]] = defaultdict(list)
    without: dict[str, list[float]] = defaultdict(list)
    for number in range(PAIRS):
        counted, uncounted = county.open_case(), county.open_case()
        for position in range(200):
            first = (number + position) % 2
            for turn in (first, 1 - first):
                if turn:
                    _step(county, counted, with_counts)
                    continue
                with _not_counting():
                    _step(county, uncounted, without)
            if not county.open_tasks(counted):
                break
    steps = with_counts.keys() & without.keys()
    return Figure(
        f"completion with the board’s counts against one without, {len(steps)} kinds of steps, {name}",
        sum(statistics.median(with_counts[step]) for step in steps),
        sum(statistics.median(without[step]) for step in steps),
        MOST_EXTRA if name == "PostgreSQL" else None,
    )


def _step(county: County, case_id: UUID, times: dict[str, list[float]]) -> None:
    rows = county.open_tasks(case_id)
    if rows:
        command, person = county.command_for(rows[0])
        took = seconds(lambda: county.system.execute(command, person))
        times[rows[0].element_id].append(took)


@contextmanager
def _not_counting() -> Iterator[None]:
    """Leave the projection out."""
    counting = tallies.project
    tallies.project = lambda *_: None
    try:
        yield
    finally:
        tallies.project = counting
