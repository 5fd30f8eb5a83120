"""How the return of a year stands: readiness by night, problems by rule and team, files, what was sent."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.store import return_runs, returns
from workflows.store.return_runs import Kind, Run
from workflows.store.return_tables import frozen_returns, return_downloads, return_runs as runs
from workflows.store.simulations import State
from workflows.store.tables import teams

NIGHTS: Final = 60  # points of the trend
FILES: Final = 5  # sets of files that are listed
DOWNLOADS: Final = 10


@dataclass(frozen=True, slots=True)
class Point:
    """How ready the return was when it was looked at."""

    at: dt.datetime
    cases: int
    ready: int

    @property
    def per_cent(self) -> float:
        """The share without an error, in per cent; all of none."""
        return 100 * self.ready / self.cases if self.cases else 100.0


@dataclass(frozen=True, slots=True)
class Download:
    """Who took which file, and when."""

    what: str
    at: dt.datetime
    name: str


@dataclass(frozen=True, slots=True)
class FrozenReturn:
    """A return as it was submitted."""

    year: int
    run_id: UUID
    at: dt.datetime
    by: str
    reference: str
    sha256: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of a return. `latest` has the totals, None while nobody has looked yet."""

    latest: Run | None
    working: Run | None
    failed: Run | None
    trend: tuple[Point, ...]
    files: tuple[Run, ...]
    downloads: tuple[Download, ...]
    header: Mapping[str, str]
    frozen: FrozenReturn | None
    last: FrozenReturn | None
    teams: Mapping[str, str]
    names: Mapping[str, str]


def return_overview(connection: sa.Connection, year: int) -> Overview:
    """Return how a return stands; what was counted by the worker is read, nothing is counted here.

    Stands on ix_return_runs_year_ended_at.
    """
    files = _runs(connection, year, Kind.FILES, State.DONE, limit=FILES)
    frozen, last = _frozen(connection, year), _frozen(connection, year - 1)
    taken = _downloads(connection, [each.id for each in files])
    latest = return_runs.newest(connection, year)
    known = {each.by for each in taken} | {each.asked_by for each in files}
    known |= {each.by for each in (frozen, last) if each}
    names = people.names(connection, known)
    return Overview(
        latest=latest,
        working=_working(connection, year),
        failed=_failed(connection, year, latest),
        trend=_trend(connection, year),
        files=files,
        downloads=tuple(
            Download(each.what, each.at, names.get(each.by, "Someone")) for each in taken
        ),
        header=returns.header(connection, year),
        frozen=frozen,
        last=last,
        teams={row.id: row.name for row in connection.execute(sa.select(teams.c.id, teams.c.name))},
        names=names,
    )


def _runs(
    connection: sa.Connection, year: int, kind: Kind, status: State, *, limit: int
) -> tuple[Run, ...]:
    statement = (
        sa.select(*runs.c)
        .where(runs.c.year == year, runs.c.kind == kind, runs.c.status == status)
        .order_by(runs.c.ended_at.desc(), runs.c.id)
        .limit(limit)
    )
    return tuple(return_runs.of_row(row) for row in connection.execute(statement))


def _working(connection: sa.Connection, year: int) -> Run | None:
    statement = (
        sa.select(*runs.c)
        .where(runs.c.year == year, runs.c.status.in_((State.WAITING, State.RUNNING)))
        .order_by(runs.c.asked_at, runs.c.id)
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return return_runs.of_row(row) if row else None


def _failed(connection: sa.Connection, year: int, latest: Run | None) -> Run | None:
    """Return the newest that failed, unless something was done since."""
    since = [runs.c.ended_at > latest.ended_at] if latest else []
    statement = (
        sa.select(*runs.c)
        .where(runs.c.year == year, runs.c.status.in_((State.FAILED, State.INTERRUPTED)), *since)
        .order_by(runs.c.ended_at.desc(), runs.c.id)
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return return_runs.of_row(row) if row else None


def _trend(connection: sa.Connection, year: int) -> tuple[Point, ...]:
    """Return the looks of the last nights, the earliest first."""
    statement = (
        sa.select(runs.c.ended_at, runs.c.totals)
        .where(
            runs.c.year == year,
            runs.c.kind == Kind.CHECK,
            runs.c.status == State.DONE,
            runs.c.night.is_not(None),
        )
        .order_by(runs.c.ended_at.desc(), runs.c.id)
        .limit(NIGHTS)
    )
    rows = connection.execute(statement).all()
    return tuple(
        Point(row.ended_at, row.totals["cases"], row.totals["ready"]) for row in reversed(rows)
    )


def _downloads(connection: sa.Connection, run_ids: list[UUID]) -> list[Any]:
    if not run_ids:
        return []
    statement = (
        sa.select(return_downloads.c.what, return_downloads.c.at, return_downloads.c.by)
        .where(return_downloads.c.run_id.in_(run_ids))
        .order_by(return_downloads.c.at.desc(), return_downloads.c.id)
        .limit(DOWNLOADS)
    )
    return list(connection.execute(statement).all())


def _frozen(connection: sa.Connection, year: int) -> FrozenReturn | None:
    row = connection.execute(
        sa.select(*frozen_returns.c).where(frozen_returns.c.year == year)
    ).one_or_none()
    if row is None:
        return None
    return FrozenReturn(
        row.year,
        row.run_id,
        row.frozen_at,
        row.frozen_by,
        row.reference,
        row.sha256,
        row.counts,
    )
