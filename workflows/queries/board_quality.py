"""What is missing or inconsistent in the cases, by kind and as a share of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.calendar import london
from workflows.duties import tallying
from workflows.duties.tallying import Measure, Missing
from workflows.queries.board_filter import OF_CASES, BoardFilter, board_filter
from workflows.store.board_tables import tallies


@dataclass(frozen=True, slots=True)
class Quality:
    """How many of the cases that were opened since a day lack what."""

    cases: int
    flaws: Mapping[Missing, int]
    since: dt.date


def board_quality(connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime) -> Quality:
    """Return what cases opened over a rolling year lack; stands on ix_tallies_measure_on."""
    since = tallying.year_before(london.local_date(now))
    rows = connection.execute(
        sa.select(tallies.c.measure, tallies.c.bucket, sa.func.sum(tallies.c.n).label("n"))
        .where(
            tallies.c.measure.in_([Measure.CASE, Measure.QUALITY]),
            tallies.c.on >= since,
            *board_filter(chosen, OF_CASES),
        )
        .group_by(tallies.c.measure, tallies.c.bucket)
    )
    counts = {(row.measure, row.bucket): int(row.n) for row in rows}
    flaws = {each: counts.get((Measure.QUALITY, each.value), 0) for each in Missing}
    return Quality(counts.get((Measure.CASE, ""), 0), flaws, since)
