"""The share of plans that are issued within the main time limit, by month and rolling year."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from workflows.calendar import london
from workflows.duties import tallying
from workflows.duties.tallying import EXCUSED, Issued, Measure
from workflows.queries.board_filter import BoardFilter, board_filter
from workflows.store.board_tables import tallies

MONTHS: Final = 12
_DIMENSIONS: Final = ("process", "agency", "team", "area")


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans that were issued: with and without those for which a lawful exception was claimed.

    Source: Department for Education, SEN2, “plans issued within 20 weeks, including and excluding
    exceptions”: what is excluded is left out of plans issued and of plans issued in time.
    """

    issued: int
    in_time: int
    issued_unexcused: int
    in_time_unexcused: int
    to_a_year: int
    over_a_year: int

    @property
    def share(self) -> float | None:
        """Per cent in time, exceptions included; None where no plan was issued."""
        return 100 * self.in_time / self.issued if self.issued else None

    @property
    def share_unexcused(self) -> float | None:
        """Per cent in time, exceptions left out."""
        if not self.issued_unexcused:
            return None
        return 100 * self.in_time_unexcused / self.issued_unexcused


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its plans, and those of the twelve months that end with it."""

    begins: dt.date
    plans: Plans
    year: Plans


def board_timeliness(
    connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime
) -> tuple[Month, ...]:
    """Return the last twelve months, the oldest first; stands on ix_tallies_measure_on."""
    this = tallying.month(london.local_date(now))
    shown = [this + relativedelta(months=-back) for back in reversed(range(MONTHS))]
    rows = connection.execute(
        sa.select(tallies.c.on, tallies.c.bucket, sa.func.sum(tallies.c.n).label("n"))
        .where(
            tallies.c.measure == Measure.PLAN,
            tallies.c.on >= tallying.year_before(shown[0]),
            *board_filter(chosen, _DIMENSIONS),
        )
        .group_by(tallies.c.on, tallies.c.bucket)
    )
    by_month: dict[dt.date, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_month[row.on][row.bucket] += int(row.n)
    return tuple(
        Month(month, _plans(by_month[month]), _plans(_year(month, by_month))) for month in shown
    )


def _year(last: dt.date, by_month: Mapping[dt.date, Counter[str]]) -> Counter[str]:
    first, found = tallying.year_before(last), Counter[str]()
    for month, counts in by_month.items():
        if first <= month <= last:
            found.update(counts)
    return found


def _plans(counts: Mapping[str, int]) -> Plans:
    def of(*bands: Issued, excused: bool = True) -> int:
        endings = ("", EXCUSED) if excused else ("",)
        return sum(counts.get(band + ending, 0) for band in bands for ending in endings)

    return Plans(
        issued=of(*Issued),
        in_time=of(Issued.IN_TIME),
        issued_unexcused=of(*Issued, excused=False),
        in_time_unexcused=of(Issued.IN_TIME, excused=False),
        to_a_year=of(Issued.TO_A_YEAR),
        over_a_year=of(Issued.OVER_A_YEAR),
    )
