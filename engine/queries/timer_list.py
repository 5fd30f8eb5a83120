"""Timers: those of an instance, and those that are due."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import timers


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer. `due_at` None: it sleeps until its date is known."""

    id: UUID
    instance_id: UUID
    subject_id: UUID
    element_id: str
    name: str
    duty: str
    due_at: dt.datetime | None
    status: str
    interrupting: bool


_COLUMNS = (
    timers.c.id,
    timers.c.instance_id,
    timers.c.subject_id,
    timers.c.element_id,
    timers.c.name,
    timers.c.duty,
    timers.c.due_at,
    timers.c.status,
    timers.c.interrupting,
)


def timers_of(connection: sa.Connection, instance_id: UUID) -> list[Timer]:
    """Return the timers of an instance that wait. Stands on ix_timers_instance_id."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(timers.c.instance_id == instance_id, timers.c.status.in_(["waiting", "suspended"]))
        .order_by(timers.c.due_at, timers.c.id)
    )
    return [Timer(*row) for row in rows]


def timer_list(
    connection: sa.Connection,
    visible: sa.ColumnElement[bool],
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[Timer]:
    """Return the timers that wait with a date, soonest first. Stands on ix_timers_waiting."""
    statement = sa.select(*_COLUMNS).where(
        timers.c.status == "waiting", timers.c.due_at.is_not(None), visible
    )
    order = Order((timers.c.due_at, timers.c.id))
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    return page.of(lambda row: Timer(*row))


def next_due(connection: sa.Connection, now: dt.datetime, *, limit: int) -> list[UUID]:
    """Return timers that are due and not held back after a failure. Stands on ix_timers_waiting."""
    statement = (
        sa.select(timers.c.id)
        .where(
            timers.c.status == "waiting",
            timers.c.due_at.is_not(None),
            timers.c.due_at <= now,
            sa.or_(timers.c.retry_at.is_(None), timers.c.retry_at <= now),
        )
        .order_by(timers.c.due_at, timers.c.id)
        .limit(limit)
    )
    return list(connection.execute(statement).scalars())


def due_at_of(connection: sa.Connection, timer_id: UUID) -> dt.datetime:
    """Return when a timer that has a date is due."""
    found: dt.datetime = connection.execute(
        sa.select(timers.c.due_at).where(timers.c.id == timer_id)
    ).scalar_one()
    return found
