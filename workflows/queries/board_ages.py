"""How old the open work is: cases whose main time limit is not met, by weeks since it was opened."""

import datetime as dt

import sqlalchemy as sa

from workflows.calendar import london
from workflows.duties.ages import Age, ages
from workflows.duties.tallying import Measure
from workflows.queries.board_filter import BoardFilter, board_filter
from workflows.rulebook import load
from workflows.store.board_tables import tallies

_DIMENSIONS = ("process", "agency", "team", "area")


def board_ages(
    connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime
) -> tuple[tuple[Age, int], ...]:
    """Return how many are of each age, the youngest first; stands on ix_tallies_measure_on."""
    today = london.local_date(now)
    bands = ages(load.current())
    code = sa.case(
        *(
            (tallies.c.on > today - dt.timedelta(weeks=each.until), each.code)
            for each in bands
            if each.until is not None
        ),
        else_=bands[-1].code,
    ).label("code")
    rows = connection.execute(
        sa.select(code, sa.func.sum(tallies.c.n).label("n"))
        .where(
            tallies.c.measure == Measure.AGE,
            tallies.c.on <= today,
            *board_filter(chosen, _DIMENSIONS),
        )
        .group_by(sa.text("code"))
    )
    found = {row.code: int(row.n) for row in rows}
    return tuple((each, found.get(each.code, 0)) for each in bands)
