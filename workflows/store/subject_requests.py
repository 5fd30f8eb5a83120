"""Subject access requests as they are kept: logged, released by a manager, made ready by a worker."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store import search
from workflows.store.privacy_tables import subject_requests as table
from workflows.store.tables import cases

SHOWN: Final = 200
KEPT_FOR: Final = dt.timedelta(days=28)  # how long a bundle can be downloaded


class State(StrEnum):
    """How a request stands."""

    OPEN = "open"
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class NoSuchRequest(errors.NotFound):
    """There is no such request, or it is not yours to see."""


class Released(errors.Conflict):
    """What is given was decided already, and is being made ready."""


@dataclass(frozen=True, slots=True)
class SubjectRequest:
    """A request.

    Attributes:
        cases: The cases of the child, the one that was named first.
        redact: Texts that are blacked out in what is given.
        documents: Documents that were looked at and are given.
        location: Of the bundle in the document store, "" where there is none, or no longer.
    """

    id: UUID
    case_id: UUID
    requester: str
    received_on: dt.date
    due_on: dt.date
    status: State
    progress: float
    problem: str
    logged_at: dt.datetime
    logged_by: str
    released_on: dt.date | None
    released_by: str
    location: str
    sha256: str
    expires_at: dt.datetime | None
    cases: tuple[UUID, ...] = ()
    redact: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Tell whether it was decided what is given."""
        return self.status not in {State.OPEN, State.FAILED}


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request to be kept."""

    id: UUID
    case_id: UUID
    requester: str
    received_on: dt.date
    due_on: dt.date
    logged: tuple[dt.datetime, str]
    cases: Sequence[UUID] = field(default_factory=tuple)


def add(connection: sa.Connection, new: NewRequest) -> None:
    """Log a request."""
    at, by = new.logged
    connection.execute(
        table.insert(),
        {
            "id": new.id,
            "case_id": new.case_id,
            "requester": new.requester,
            "received_on": new.received_on,
            "due_on": new.due_on,
            "status": State.OPEN,
            "choices": {"cases": [str(each) for each in new.cases]},
            "progress": 0.0,
            "problem": "",
            "logged_at": at,
            "logged_by": by,
            "released_by": "",
            "location": "",
            "sha256": "",
        },
    )


def load(connection: sa.Connection, request_id: UUID) -> SubjectRequest:
    """Return a request.

    Raises:
        NoSuchRequest: there is none.
    """
    row = connection.execute(sa.select(*table.c).where(table.c.id == request_id)).one_or_none()
    if row is None:
        raise NoSuchRequest
    return of_row(row)


def of_row(row: Any) -> SubjectRequest:  # noqa: ANN401
    """Return the request of a row."""
    choices: Mapping[str, Any] = row.choices or {}
    return SubjectRequest(
        row.id,
        row.case_id,
        row.requester,
        row.received_on,
        row.due_on,
        State(row.status),
        row.progress,
        row.problem,
        row.logged_at,
        row.logged_by,
        row.released_on,
        row.released_by,
        row.location,
        row.sha256,
        row.expires_at,
        tuple(UUID(each) for each in choices.get("cases", [])) or (row.case_id,),
        tuple(choices.get("redact", [])),
        tuple(choices.get("documents", [])),
    )


def cases_of_child(connection: sa.Connection, case_id: UUID) -> tuple[UUID, ...]:
    """Return a case and the others of the same child: of the same name and date of birth."""
    child = connection.execute(sa.select(*cases.c).where(cases.c.id == case_id)).one()
    name = search.fold(f"{child.child_first_name} {child.child_last_name}")
    rows = connection.execute(
        sa.select(cases.c.id, cases.c.child_first_name, cases.c.child_last_name)
        .where(cases.c.child_date_of_birth == child.child_date_of_birth, cases.c.id != case_id)
        .order_by(cases.c.reference)
    )
    same = [
        row.id
        for row in rows
        if search.fold(f"{row.child_first_name} {row.child_last_name}") == name
    ]
    return (case_id, *same)


def release(
    connection: sa.Connection,
    request_id: UUID,
    choices: Mapping[str, Any],
    *,
    by: str,
    on: dt.date,
) -> None:
    """Let a worker make a request ready.

    Raises:
        Released: that was decided before.
    """
    begun = connection.execute(
        table.update()
        .where(table.c.id == request_id, table.c.status.in_([State.OPEN, State.FAILED]))
        .values(
            status=State.WAITING,
            choices=dict(choices),
            released_by=by,
            released_on=on,
            progress=0.0,
            problem="",
        )
        .returning(table.c.id)
    ).one_or_none()
    if begun is None:
        raise Released


def next_waiting(connection: sa.Connection, *, silent_since: dt.datetime) -> UUID | None:
    """Return a request that waits for a worker, or whose worker died. Stands on its status."""
    died = (table.c.status == State.RUNNING) & (table.c.begun_at < silent_since)
    found: UUID | None = connection.execute(
        sa.select(table.c.id)
        .where(sa.or_(table.c.status == State.WAITING, died))
        .order_by(table.c.received_on, table.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return found


def report(
    connection: sa.Connection, request_id: UUID, progress: float, *, now: dt.datetime
) -> None:
    """Take note of how far a worker is."""
    connection.execute(
        table.update()
        .where(table.c.id == request_id)
        .values(status=State.RUNNING, progress=progress, begun_at=now)
    )


def finish(
    connection: sa.Connection, request_id: UUID, made: tuple[str, str], *, now: dt.datetime
) -> None:
    """Let a bundle be downloaded: its place in the document store, and its SHA-256."""
    location, sha256 = made
    connection.execute(
        table.update()
        .where(table.c.id == request_id)
        .values(
            status=State.READY,
            progress=1.0,
            location=location,
            sha256=sha256,
            expires_at=now + KEPT_FOR,
        )
    )


def fail(connection: sa.Connection, request_id: UUID, problem: str) -> None:
    """Say why a bundle could not be made."""
    connection.execute(
        table.update()
        .where(table.c.id == request_id)
        .values(status=State.FAILED, problem=problem[:1000])
    )


def expired(connection: sa.Connection, now: dt.datetime) -> list[tuple[UUID, str]]:
    """Return the bundles that may be downloaded no longer: request and location."""
    rows = connection.execute(
        sa.select(table.c.id, table.c.location).where(
            table.c.status == State.READY, table.c.expires_at <= now, table.c.location != ""
        )
    )
    return [(row.id, row.location) for row in rows]


def forget(connection: sa.Connection, request_id: UUID) -> None:
    """Take note that a bundle is gone."""
    connection.execute(table.update().where(table.c.id == request_id).values(location=""))
