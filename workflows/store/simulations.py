"""Simulations as they are kept: waiting, running, or over in one way or another."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store.simulation_tables import simulations

MOST_WAITING: Final = 5
SHOWN: Final = 100


class State(StrEnum):
    """How a simulation stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


class NoSuchSimulation(errors.NotFound):
    """There is no such simulation."""


class TooManyWait(errors.Conflict):
    """Five simulations wait already. Stop one of them, or wait until one is done."""


class NotItsTurn(errors.Conflict):
    """This simulation cannot begin: another runs, or it is no longer wanted."""


class Over(errors.Conflict):
    """This simulation is over."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A simulation in a list.

    Attributes:
        progress: From 0 to 1.
        stop: Somebody wants it to stop.
    """

    id: UUID
    title: str
    status: State
    progress: float
    beats: int
    stop: bool
    problem: str
    asked_at: dt.datetime
    asked_by: str
    ended_at: dt.datetime | None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.status not in {State.WAITING, State.RUNNING}


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulation with what it was given (`runs`) and found (`results`), one for each run."""

    summary: Summary
    runs: Sequence[Mapping[str, Any]]
    results: Sequence[Mapping[str, Any]]


_SUMMARY: Final = (
    simulations.c.id,
    simulations.c.title,
    simulations.c.status,
    simulations.c.progress,
    simulations.c.beats,
    simulations.c.stop,
    simulations.c.problem,
    simulations.c.asked_at,
    simulations.c.asked_by,
    simulations.c.ended_at,
)


def newest(connection: sa.Connection) -> tuple[Summary, ...]:
    """Return the simulations, the newest first. Stands on the index of `asked_at`."""
    statement = sa.select(*_SUMMARY).order_by(
        simulations.c.asked_at.desc(), simulations.c.id.desc()
    )
    return tuple(_summary(row) for row in connection.execute(statement.limit(SHOWN)))


def load(connection: sa.Connection, simulation_id: UUID) -> Simulation:
    """Return a simulation.

    Raises:
        NoSuchSimulation: there is none.
    """
    row = connection.execute(
        sa.select(*_SUMMARY, simulations.c.runs, simulations.c.results).where(
            simulations.c.id == simulation_id
        )
    ).one_or_none()
    if row is None:
        raise NoSuchSimulation
    return Simulation(_summary(row), row.runs, row.results or ())


def summary(connection: sa.Connection, simulation_id: UUID) -> Summary:
    """Return how a simulation stands.

    Raises:
        NoSuchSimulation: there is none.
    """
    row = connection.execute(
        sa.select(*_SUMMARY).where(simulations.c.id == simulation_id)
    ).one_or_none()
    if row is None:
        raise NoSuchSimulation
    return _summary(row)


def next_waiting(connection: sa.Connection) -> UUID | None:
    """Return the one whose turn it is, None where none waits. Stands on the index of `status`."""
    found: UUID | None = connection.execute(
        sa.select(simulations.c.id)
        .where(simulations.c.status == State.WAITING)
        .order_by(simulations.c.asked_at, simulations.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return found


def running(connection: sa.Connection) -> dict[UUID, int]:
    """Return those that run, with their beats."""
    rows = connection.execute(
        sa.select(simulations.c.id, simulations.c.beats).where(
            simulations.c.status == State.RUNNING
        )
    )
    return {row.id: row.beats for row in rows}


def add(
    connection: sa.Connection,
    simulation_id: UUID,
    title: str,
    runs: Sequence[Mapping[str, Any]],
    *,
    asked: tuple[dt.datetime, str],
) -> None:
    """Let a simulation wait for its turn; `asked` is when and by whom.

    Raises:
        TooManyWait: enough wait already.
    """
    waiting = connection.execute(
        sa.select(sa.func.count())
        .select_from(simulations)
        .where(simulations.c.status == State.WAITING)
    ).scalar_one()
    if waiting >= MOST_WAITING:
        raise TooManyWait
    at, by = asked
    connection.execute(
        simulations.insert(),
        {
            "id": simulation_id,
            "title": title,
            "runs": [dict(each) for each in runs],
            "status": State.WAITING,
            "progress": 0.0,
            "beats": 0,
            "stop": False,
            "problem": "",
            "asked_at": at,
            "asked_by": by,
        },
    )


def begin(connection: sa.Connection, simulation_id: UUID) -> None:
    """Let one that waits run, if none does.

    Raises:
        NotItsTurn: another runs, or it does not wait any more.
    """
    other = sa.select(simulations.c.id).where(simulations.c.status == State.RUNNING).exists()
    begun = connection.execute(
        simulations.update()
        .where(simulations.c.id == simulation_id, simulations.c.status == State.WAITING, ~other)
        .values(status=State.RUNNING)
        .returning(simulations.c.id)
    ).scalar_one_or_none()
    if begun is None:
        raise NotItsTurn


def go_on(connection: sa.Connection, simulation_id: UUID, progress: float) -> None:
    """Take note of how far one is that runs.

    Raises:
        Over: it must stop, or was given up.
    """
    running_still = connection.execute(
        simulations.update()
        .where(
            simulations.c.id == simulation_id,
            simulations.c.status == State.RUNNING,
            ~simulations.c.stop,
        )
        .values(progress=progress, beats=simulations.c.beats + 1)
        .returning(simulations.c.id)
    ).scalar_one_or_none()
    if running_still is None:
        raise Over


def stop(connection: sa.Connection, simulation_id: UUID, now: dt.datetime) -> None:
    """Let one that waits be over, and ask one that runs to stop.

    Raises:
        NoSuchSimulation: there is none.
        Over: it is over.
    """
    found = summary(connection, simulation_id)
    if found.is_over:
        raise Over
    known = simulations.c.id == simulation_id
    connection.execute(
        simulations.update()
        .where(known, simulations.c.status == State.WAITING)
        .values(status=State.STOPPED, ended_at=now)
    )
    connection.execute(
        simulations.update().where(known, simulations.c.status == State.RUNNING).values(stop=True)
    )


def end(
    connection: sa.Connection,
    simulation_id: UUID,
    state: State,
    *,
    now: dt.datetime,
    results: Sequence[Mapping[str, Any]] = (),
    problem: str = "",
) -> None:
    """Let one that runs be over.

    Raises:
        Over: it does not run any more.
    """
    ended = connection.execute(
        simulations.update()
        .where(simulations.c.id == simulation_id, simulations.c.status == State.RUNNING)
        .values(
            status=state,
            progress=1.0 if state == State.DONE else simulations.c.progress,
            results=[dict(each) for each in results] or None,
            problem=problem,
            ended_at=now,
        )
        .returning(simulations.c.id)
    ).scalar_one_or_none()
    if ended is None:
        raise Over


def _summary(row: Any) -> Summary:  # noqa: ANN401
    return Summary(
        row.id,
        row.title,
        State(row.status),
        row.progress,
        row.beats,
        row.stop,
        row.problem,
        row.asked_at,
        row.asked_by,
        row.ended_at,
    )
