"""Advice by agency: what is out and late, how long it takes, how often it is chased, the queue."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from workflows.calendar import london
from workflows.digests import recipients
from workflows.duties import tallying
from workflows.duties.tallying import ADVICE, EXCUSED, Measure
from workflows.queries.board_filter import BoardFilter, board_filter
from workflows.store.board_tables import tallies
from workflows.store.tables import memberships, teams

RECENT: Final = 13  # whole weeks by which the pace is measured
_DIMENSIONS: Final = ("process", "agency", "team", "area")
Place = tuple[str, str]  # agency and team


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice of a team.

    Attributes:
        agency, team: Identifiers, "" for families.
        outstanding: Asked for and not received: the queue.
        late: Of these, past the last day, without an exception.
        received: Over the rolling year.
        median: Days that took, None where nothing was received.
        chased: Chasers over the rolling year, once for each whom one was sent to.
        pace: Received in a week, over the last whole weeks.
        weeks: To clear the queue at that pace, None where nothing comes in.
    """

    agency: str
    team: str
    outstanding: int
    late: int
    received: int
    median: float | None
    chased: int
    pace: float
    weeks: float | None


def board_advice(
    connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime
) -> tuple[Advice, ...]:
    """Return the advice of each team, the longest queue first; stands on ix_tallies_measure_on."""
    today = london.local_date(now)
    monday = tallying.week(today)
    since = tallying.year_before(today)
    waiting = _sums(connection, chosen, Measure.OPEN, tallies.c.duty == ADVICE)
    overdue = _sums(
        connection,
        chosen,
        Measure.OPEN,
        tallies.c.duty == ADVICE,
        tallies.c.on < today,
        tallies.c.bucket != EXCUSED,
    )
    took = _days(connection, chosen, since)
    began = monday - dt.timedelta(weeks=RECENT)
    recent = (tallies.c.on >= began) & (tallies.c.on < monday)
    received = _sums(connection, chosen, Measure.RECEIVED, recent)
    chased = _chased(connection, since)
    found = [
        _advice(place, waiting[place], overdue[place], took.get(place, {}), received[place], chased)
        for place in {*waiting, *took}
    ]
    return tuple(sorted(found, key=lambda each: (-each.outstanding, each.agency, each.team)))


def _advice(
    place: Place,
    waiting: int,
    late: int,
    took: Mapping[int, int],
    received: int,
    chased: Mapping[str, int],
) -> Advice:
    pace = received / RECENT
    return Advice(
        *place,
        outstanding=waiting,
        late=late,
        received=sum(took.values()),
        median=median(took),
        chased=chased.get(place[1], 0) if place[1] else 0,
        pace=pace,
        weeks=waiting / pace if pace else None,
    )


def median(counts: Mapping[int, int]) -> float | None:
    """Return the median of numbers that are counted."""
    total = sum(counts.values())
    if not total:
        return None
    low, high = (total - 1) // 2, total // 2
    found, seen = [], 0
    for value, n in sorted(counts.items()):
        found += [value for place in (low, high) if seen <= place < seen + n]
        seen += n
    return sum(found) / len(found)


def _sums(
    connection: sa.Connection,
    chosen: BoardFilter,
    measure: Measure,
    *where: sa.ColumnElement[bool],
) -> Counter[Place]:
    places = (tallies.c.agency_id, tallies.c.team_id)
    rows = connection.execute(
        sa.select(*places, sa.func.sum(tallies.c.n).label("n"))
        .where(tallies.c.measure == measure, *where, *board_filter(chosen, _DIMENSIONS))
        .group_by(*places)
    )
    return Counter({(row.agency_id, row.team_id): int(row.n) for row in rows if row.n})


def _days(
    connection: sa.Connection, chosen: BoardFilter, since: dt.date
) -> Mapping[Place, Mapping[int, int]]:
    columns = (tallies.c.agency_id, tallies.c.team_id, tallies.c.bucket)
    rows = connection.execute(
        sa.select(*columns, sa.func.sum(tallies.c.n).label("n"))
        .where(
            tallies.c.measure == Measure.TOOK,
            tallies.c.on >= since,
            *board_filter(chosen, _DIMENSIONS),
        )
        .group_by(*columns)
    )
    found: dict[Place, dict[int, int]] = defaultdict(dict)
    for row in rows:
        if row.n:
            found[row.agency_id, row.team_id][int(row.bucket)] = int(row.n)
    return found


def _chased(connection: sa.Connection, since: dt.date) -> Mapping[str, int]:
    """Return how many chasers went to each team, or to its members; knows no other dimension."""
    rows = connection.execute(
        sa.select(tallies.c.bucket, sa.func.sum(tallies.c.n).label("n"))
        .where(tallies.c.measure == Measure.CHASED, tallies.c.on >= since)
        .group_by(tallies.c.bucket)
    )
    counts = {row.bucket: int(row.n) for row in rows}
    found: Counter[str] = Counter()
    for recipient, places in teams_of(connection, counts).items():
        for team in places:
            found[team] += counts[recipient]
    return found


def teams_of(connection: sa.Connection, told: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the teams that recipients of reminders are, or are members of."""
    rows = connection.execute(
        sa.select(memberships.c.person_id, memberships.c.team_id).where(memberships.c.team_id != "")
    )
    known: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        known[recipients.person(row.person_id)].add(row.team_id)
    for team in connection.execute(sa.select(teams.c.id)).scalars():
        known[recipients.team(team)].add(team)
    return {each: frozenset(known.get(each, ())) for each in told}
