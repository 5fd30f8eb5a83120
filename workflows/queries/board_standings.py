"""How many time limits stand how, by process, duty, agency, team and area."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import tallying
from workflows.duties.standing import Day, Standing, day_of
from workflows.duties.tallying import Measure
from workflows.queries.board_filter import NONE, BoardFilter, board_filter
from workflows.queries.deadline_conditions import is_right
from workflows.rulebook import load
from workflows.store import closures
from workflows.store.board_tables import tallies
from workflows.store.forecast_tables import forecasts
from workflows.store.tables import deadlines

DIMENSIONS: Final = ("process", "duty", "agency", "team", "area")
Counts = Mapping[Standing, int]


class Cell(NamedTuple):
    """What is alike in everything by which the board is looked at."""

    process: str
    duty: str
    agency: str
    team: str
    area: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Standings:
    """The counts. `since`: what has ended counts if it ended on that day or later."""

    cells: Mapping[Cell, int]
    since: dt.date

    @property
    def counts(self) -> Counts:
        """All together."""
        found: Counter[Standing] = Counter()
        for cell, n in self.cells.items():
            found[cell.standing] += n
        return found

    def by(self, dimension: str) -> Mapping[str, Counts]:
        """The same for each value of a dimension."""
        found: dict[str, Counter[Standing]] = {}
        for cell, n in self.cells.items():
            found.setdefault(getattr(cell, dimension), Counter())[cell.standing] += n
        return found


def board_standings(
    connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime
) -> Standings:
    """Return how many time limits stand how, of all cases; what has ended, over a rolling year.

    Sums the ledger; what is at risk is read from the forecasts of open cases by
    ix_forecasts_at_risk_due_case_id.
    """
    today = london.local_date(now)
    day = day_of(today, WorkingCalendar(closures.days(connection)))
    since = tallying.year_before(today)
    cells: Counter[Cell] = Counter()
    for cell, n in _counted(connection, chosen, day, since):
        cells[cell] += n
    for cell, n in _at_risk(connection, chosen, day):
        cells[cell] -= n
        cells[cell._replace(standing=Standing.AT_RISK)] += n
    return Standings({cell: n for cell, n in cells.items() if n}, since)


def _counted(
    connection: sa.Connection,
    chosen: BoardFilter,
    day: Day,
    since: dt.date,
) -> Iterator[tuple[Cell, int]]:
    ledger = tallies.c
    right = ledger.duty.in_(sorted(load.current().rights))
    passed = ledger.on < day.today
    is_open = ledger.measure == Measure.OPEN
    standing = sa.case(
        ((ledger.measure == Measure.DONE) & ledger.bucket.like("late%"), Standing.DONE_LATE),
        (ledger.measure == Measure.DONE, Standing.DONE_ON_TIME),
        ((ledger.measure == Measure.VOID) | (passed & right), Standing.NO_LONGER_DUE),
        (passed & (ledger.bucket == tallying.EXCUSED), Standing.LAWFUL_EXCEPTION),
        (passed, Standing.LATE),
        (ledger.on <= day.soon, Standing.DUE_SOON),
        else_=Standing.ON_TRACK,
    ).label("standing")
    dimensions = (ledger.process_key, ledger.duty, ledger.agency_id, ledger.team_id, ledger.area)
    statement = (
        sa.select(*dimensions, standing, sa.func.sum(ledger.n).label("n"))
        .where(
            (is_open & ~(right & (ledger.on < since)))
            | (ledger.measure.in_([Measure.DONE, Measure.VOID]) & (ledger.on >= since)),
            *board_filter(chosen),
        )
        .group_by(*dimensions, sa.text("standing"))
    )
    for row in connection.execute(statement):
        yield Cell._make([*row[:5], Standing(row.standing)]), int(row.n)


def _at_risk(
    connection: sa.Connection, chosen: BoardFilter, day: Day
) -> Iterator[tuple[Cell, int]]:
    """Yield what is at risk, by how it would stand without the forecast."""
    standing = sa.case(
        (deadlines.c.due <= day.soon, Standing.DUE_SOON), else_=Standing.ON_TRACK
    ).label("standing")
    dimensions = (
        deadlines.c.process_key,
        deadlines.c.duty,
        deadlines.c.agency_id,
        deadlines.c.team_id,
        deadlines.c.area,
    )
    statement = (
        sa.select(*dimensions, standing, sa.func.count().label("n"))
        .select_from(
            forecasts.join(
                deadlines,
                (deadlines.c.case_id == forecasts.c.case_id)
                & (deadlines.c.duty == forecasts.c.duty),
            )
        )
        .where(
            forecasts.c.at_risk,
            deadlines.c.state == "open",
            deadlines.c.due >= day.today,
            ~deadlines.c.excused,
            ~is_right(),
            *_narrowed(chosen, dimensions),
        )
        .group_by(*dimensions, sa.text("standing"))
    )
    for row in connection.execute(statement):
        yield Cell._make([*row[:5], Standing(row.standing)]), int(row.n)


def _narrowed(
    chosen: BoardFilter, dimensions: tuple[sa.ColumnElement[Any], ...]
) -> list[sa.ColumnElement[bool]]:
    where = [
        column == ("" if value == NONE else value)
        for name, column in zip(DIMENSIONS, dimensions, strict=True)
        if (value := getattr(chosen, name))
    ]
    if chosen.duties:
        where.append(deadlines.c.duty.in_(chosen.duties))
    return where
