"""What a worker does for the return, as it is kept: waiting, running, or over in one way or another."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.return_tables import return_downloads, return_runs
from workflows.store.simulations import State

KEPT_WAITING: Final = (State.WAITING, State.RUNNING)


class Kind(StrEnum):
    """What is done."""

    CHECK = "check"
    FILES = "files"


class NoSuchRun(errors.NotFound):
    """There is no such work on the return."""


class AlreadyAsked(errors.Conflict):
    """A worker is at it already. Wait until it is done."""


class NotItsTurn(errors.Conflict):
    """This work cannot begin: other work runs, or it is no longer wanted."""


class Over(errors.Conflict):
    """This work is over."""


@dataclass(frozen=True, slots=True)
class Run:
    """Work on the return of a year. `totals` and `files` are there once it is done."""

    id: UUID
    year: int
    kind: Kind
    night: dt.date | None
    whole: bool
    status: State
    progress: float
    beats: int
    checked: int
    problem: str
    asked_at: dt.datetime
    asked_by: str
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None
    totals: Mapping[str, Any] | None
    files: Mapping[str, Any] | None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.status not in KEPT_WAITING


def ask(
    connection: sa.Connection,
    asked: tuple[UUID, int, Kind],
    *,
    by: tuple[dt.datetime, str],
    night: dt.date | None = None,
    whole: bool = False,
) -> None:
    """Let work wait for its turn; `asked` is its identifier, the year and what is done.

    Raises:
        AlreadyAsked: the same waits or runs, or was done for this night.
    """
    run_id, year, kind = asked
    same = sa.select(return_runs.c.id).where(
        return_runs.c.year == year,
        return_runs.c.kind == kind,
        return_runs.c.status.in_(KEPT_WAITING),
    )
    if night is None and connection.execute(same).all():
        raise AlreadyAsked
    statement = upsert(return_runs, connection).values(
        id=run_id,
        year=year,
        kind=kind,
        night=night,
        whole=whole,
        status=State.WAITING,
        progress=0.0,
        beats=0,
        checked=0,
        problem="",
        asked_at=by[0],
        asked_by=by[1],
    )
    added = connection.execute(statement.on_conflict_do_nothing().returning(return_runs.c.id))
    if added.scalar_one_or_none() is None:
        raise AlreadyAsked


def has_night(connection: sa.Connection, year: int, night: dt.date) -> bool:
    """Tell whether the look of a night was asked for."""
    statement = sa.select(return_runs.c.id).where(
        return_runs.c.year == year, return_runs.c.night == night
    )
    return connection.execute(statement).one_or_none() is not None


def next_waiting(connection: sa.Connection) -> UUID | None:
    """Return what is next; stands on ix_return_runs_status_asked_at."""
    found: UUID | None = connection.execute(
        sa.select(return_runs.c.id)
        .where(return_runs.c.status == State.WAITING)
        .order_by(return_runs.c.asked_at, return_runs.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return found


def running(connection: sa.Connection) -> dict[UUID, int]:
    """Return those that run, with their beats."""
    rows = connection.execute(
        sa.select(return_runs.c.id, return_runs.c.beats).where(
            return_runs.c.status == State.RUNNING
        )
    )
    return {row.id: row.beats for row in rows}


def load(connection: sa.Connection, run_id: UUID) -> Run:
    """Return work on the return.

    Raises:
        NoSuchRun: there is none.
    """
    row = connection.execute(
        sa.select(*return_runs.c).where(return_runs.c.id == run_id)
    ).one_or_none()
    if row is None:
        raise NoSuchRun
    return of_row(row)


def of_row(row: Any) -> Run:  # noqa: ANN401
    """Return what a row of the table says."""
    return Run(
        row.id,
        row.year,
        Kind(row.kind),
        row.night,
        row.whole,
        State(row.status),
        *row[6:],
    )


def begin(connection: sa.Connection, run_id: UUID, now: dt.datetime) -> None:
    """Let one that waits run, if none does.

    Raises:
        NotItsTurn: another runs, or it does not wait any more.
    """
    other = sa.select(return_runs.c.id).where(return_runs.c.status == State.RUNNING).exists()
    begun = connection.execute(
        return_runs.update()
        .where(return_runs.c.id == run_id, return_runs.c.status == State.WAITING, ~other)
        .values(status=State.RUNNING, begun_at=now)
        .returning(return_runs.c.id)
    ).scalar_one_or_none()
    if begun is None:
        raise NotItsTurn


def go_on(connection: sa.Connection, run_id: UUID, progress: float, checked: int) -> None:
    """Take note of how far one is that runs; `checked` cases more were looked at.

    Raises:
        Over: it was given up.
    """
    still = connection.execute(
        return_runs.update()
        .where(return_runs.c.id == run_id, return_runs.c.status == State.RUNNING)
        .values(
            progress=min(progress, 1.0),
            beats=return_runs.c.beats + 1,
            checked=return_runs.c.checked + checked,
        )
        .returning(return_runs.c.id)
    ).scalar_one_or_none()
    if still is None:
        raise Over


def end(
    connection: sa.Connection,
    run_id: UUID,
    state: State,
    *,
    now: dt.datetime,
    found: Mapping[str, Any],
) -> None:
    """Let one that runs be over; `found` has its totals and files, or the problem.

    Raises:
        Over: it does not run any more.
    """
    ended = connection.execute(
        return_runs.update()
        .where(return_runs.c.id == run_id, return_runs.c.status == State.RUNNING)
        .values(
            status=state,
            progress=1.0 if state == State.DONE else return_runs.c.progress,
            ended_at=now,
            **found,
        )
        .returning(return_runs.c.id)
    ).scalar_one_or_none()
    if ended is None:
        raise Over


def newest(connection: sa.Connection, year: int, kind: Kind | None = None) -> Run | None:
    """Return the newest that is done, of a kind where one is given; None where none is."""
    kinds = [kind] if kind else list(Kind)
    row = connection.execute(
        sa.select(*return_runs.c)
        .where(
            return_runs.c.year == year,
            return_runs.c.kind.in_(kinds),
            return_runs.c.status == State.DONE,
        )
        .order_by(return_runs.c.ended_at.desc(), return_runs.c.id)
        .limit(1)
    ).one_or_none()
    return of_row(row) if row else None


def record_download(
    connection: sa.Connection, run_id: UUID, what: str, *, at: dt.datetime, by: str
) -> None:
    """Put on record that somebody took a file of the return."""
    connection.execute(
        return_downloads.insert(),
        {"id": uuid4(), "run_id": run_id, "what": what, "at": at, "by": by},
    )
