"""The statutory return of a large county: looked at by night, written as files, shown on its pages."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import county as counties
from bench.databases import tidy
from bench.measure import Count, Figure, Paced, paced, seconds
from tests.support.county import County
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.demo import details, grow
from workflows.queries.return_overview import return_overview
from workflows.queries.return_problem_list import ProblemFilter, return_problem_list
from workflows.queries.team_list import team_list
from workflows.return_desk import check, files
from workflows.return_desk.desk import ReturnDesk
from workflows.store.return_runs import Kind

FEW: Final = 2_000
MANY: Final = 20_000
YEAR: Final = 2026
ROUNDS: Final = 15
MOST: Final = 1.5
MOST_MILLISECONDS: Final = 300.0
SEED: Final = 21


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Measure the memory that files take and the time that pages take, before and after."""
    with counties.county(url, FEW) as county:
        county.system.execute(SaveReturnHeader(YEAR, details.HEADER), county.person("manager"))
        _look(county)
        few, memory = _pages(county), _memory(county)
        grow.grow(county.system, MANY - FEW, seed=SEED)
        tidy(county.system.engine)
        looked = seconds(lambda: check.bring_up_to_date(county.system, YEAR))
        yield Count(f"return: cases looked at a second, {name}", (MANY - FEW) / looked)
        again = seconds(lambda: check.bring_up_to_date(county.system, YEAR))
        yield Count(f"return: a night on which nothing was touched, {name}", again, "s")
        _look(county)
        tidy(county.system.engine)
        written = seconds(lambda: _make(county))
        yield Count(f"return: files of {MANY:,} cases, {name}", written, "s")
        yield Figure(
            f"return: peak memory of the files, {MANY:,} cases against {FEW:,} (kB), {name}",
            _memory(county),
            memory,
            MOST,
        )
        for page, many in _pages(county).items():
            title = f"return: {page}, {MANY:,} cases, {name}"
            yield Figure(title, many.seconds, few[page].at_the_pace_of(many), MOST)
            yield Count(title, many.seconds * 1000, "ms", MOST_MILLISECONDS)


def _look(county: County) -> None:
    """Let a worker look at the return, as at night, so that its page has what to show."""
    desk = ReturnDesk(county.system)
    county.system.execute(AskForReturn(YEAR, Kind.CHECK), county.person("manager"))
    for _ in range(2):
        desk.look()
        desk.wait()


def _make(county: County) -> files.Made:
    with TemporaryDirectory() as folder:
        made = files.make(county.system, YEAR, Path(folder))
    if made.faults:
        raise AssertionError(made.faults)
    return made


def _memory(county: County) -> float:
    """Return the most memory that making the files takes at once, in MB (shown as seconds are)."""
    tracemalloc.start()
    try:
        _make(county)
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()


def _pages(county: County) -> dict[str, Paced]:
    manager = county.person("manager")

    def overview() -> None:
        with county.system.read() as connection:
            if return_overview(connection, YEAR).latest is None:
                raise AssertionError("nobody has looked")

    def problems() -> None:
        with county.system.read() as connection:
            found = return_problem_list(connection, manager, ProblemFilter(YEAR, "error"))
        if not found.items:
            raise AssertionError("there are none")

    def yardstick() -> None:
        with county.system.read() as connection:
            team_list(connection)

    return {
        "state": paced(overview, yardstick, ROUNDS),
        "problems": paced(problems, yardstick, ROUNDS),
    }
