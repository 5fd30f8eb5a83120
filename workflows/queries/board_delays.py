"""Why time limits were not kept: the reasons given, the most frequent first; and exceptions claimed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workflows.calendar import london
from workflows.duties import tallying
from workflows.duties.tallying import Measure
from workflows.queries.board_filter import BoardFilter, board_filter
from workflows.store.board_tables import tallies


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason. `sum_of_shares`: per cent of this one and all that are more frequent."""

    code: str
    times: int
    share: float
    sum_of_shares: float


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful exception: how often it was claimed, and how often the family was not told."""

    code: str
    times: int
    not_told: int


@dataclass(frozen=True, slots=True)
class Delays:
    """Reasons and exceptions since a day."""

    reasons: tuple[Reason, ...]
    grounds: tuple[Ground, ...]
    since: dt.date


def board_delays(connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime) -> Delays:
    """Return both over a rolling year; stands on ix_tallies_measure_on."""
    since = tallying.year_before(london.local_date(now))
    return Delays(
        _reasons(_counts(connection, chosen, Measure.REASON, since)),
        _grounds(_counts(connection, chosen, Measure.EXCEPTION, since)),
        since,
    )


def _counts(
    connection: sa.Connection, chosen: BoardFilter, measure: Measure, since: dt.date
) -> dict[str, int]:
    statement: sa.Select[Any] = (
        sa.select(tallies.c.bucket, sa.func.sum(tallies.c.n).label("n"))
        .where(tallies.c.measure == measure, tallies.c.on >= since, *board_filter(chosen))
        .group_by(tallies.c.bucket)
    )
    return {row.bucket: int(row.n) for row in connection.execute(statement) if row.n}


def _reasons(counts: dict[str, int]) -> tuple[Reason, ...]:
    total, so_far, found = sum(counts.values()), 0, []
    for code, times in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        so_far += times
        found.append(Reason(code, times, 100 * times / total, 100 * so_far / total))
    return tuple(found)


def _grounds(counts: dict[str, int]) -> tuple[Ground, ...]:
    codes = {bucket.partition(":")[0] for bucket in counts}
    found = [
        Ground(
            code,
            counts.get(f"{code}:told", 0) + counts.get(f"{code}:not_told", 0),
            counts.get(f"{code}:not_told", 0),
        )
        for code in codes
    ]
    return tuple(sorted(found, key=lambda each: (-each.times, each.code)))
