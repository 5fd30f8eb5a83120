"""The engine’s timers that wait or are suspended, for whoever may see their cases."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import instances, timers
from workflows.access import sight
from workflows.access.people import Person
from workflows.calendar import london
from workflows.store.tables import cases

WINDOWS: Final = {"overdue": 0, "day": 1, "week": 7, "month": 31}  # days from now
NO_DATE: Final = "none"


@dataclass(frozen=True, slots=True)
class TimerFilter:
    """What to show; an empty value does not narrow the list.

    Attributes:
        window: A key of `WINDOWS`, or `none` for those without a date.
        kind: statutory | working.
        state: waiting | suspended | failing.
    """

    window: str = ""
    process: str = ""
    element: str = ""
    kind: str = ""
    state: str = "waiting"
    instance_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EngineTimer:
    """A timer, with the case and the process that it is of.

    Attributes:
        bundle_id, process_key, version: What its instance runs on.
        element_process: The process whose diagram has the element.
        failures: How often it was due and failed; `retry_at`: when it is tried again.
    """

    id: UUID
    instance_id: UUID
    case_id: UUID
    reference: str
    bundle_id: str
    process_key: str
    version: int
    element_process: str
    element_id: str
    name: str
    attached_to: str
    duty: str
    interrupting: bool
    due_at: dt.datetime | None
    status: str
    set_at: dt.datetime
    failures: int
    retry_at: dt.datetime | None


class NoSuchTimer(errors.NotFound):
    """There is no such timer."""


_COLUMNS = (
    timers.c.id,
    timers.c.instance_id,
    timers.c.subject_id,
    cases.c.reference,
    instances.c.bundle_id,
    instances.c.process_key,
    instances.c.version,
    timers.c.process_key,
    timers.c.element_id,
    timers.c.name,
    timers.c.attached_to,
    timers.c.duty,
    timers.c.interrupting,
    timers.c.due_at,
    timers.c.status,
    timers.c.set_at,
    timers.c.failures,
    timers.c.retry_at,
)
_JOINED = timers.join(instances, instances.c.id == timers.c.instance_id).join(
    cases, cases.c.id == timers.c.subject_id
)


def engine_timer_list(
    connection: sa.Connection,
    person: Person,
    chosen: TimerFilter,
    *,
    now: dt.datetime,
    cursor: str | None = None,
) -> Page[EngineTimer]:
    """Return timers, the soonest first. Stands on ix_timers_waiting and ix_timers_suspended."""
    statement = (
        sa.select(*_COLUMNS)
        .select_from(_JOINED)
        .where(sight.sees(person, timers.c.subject_id), *_conditions(chosen, now))
    )
    order = Order((timers.c.id,))
    if chosen.window != NO_DATE:
        statement = statement.where(timers.c.due_at.is_not(None))
        order = Order((timers.c.due_at, timers.c.id))
    page = paging.page(connection, statement, order, cursor=cursor)
    return page.of(lambda row: EngineTimer(*tuple(row)))


def engine_timer(connection: sa.Connection, person: Person, timer_id: UUID) -> EngineTimer:
    """Return one timer, whatever became of it.

    Raises:
        NoSuchTimer: there is none, or its case is not the person's to see.
    """
    row = connection.execute(
        sa.select(*_COLUMNS)
        .select_from(_JOINED)
        .where(timers.c.id == timer_id, sight.sees(person, timers.c.subject_id))
    ).one_or_none()
    if row is None:
        raise NoSuchTimer
    return EngineTimer(*tuple(row))


def timers_of_instance(connection: sa.Connection, instance_id: UUID) -> list[EngineTimer]:
    """Return the timers of an instance that wait. Stands on ix_timers_instance_id."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .select_from(_JOINED)
        .where(timers.c.instance_id == instance_id, timers.c.status.in_(["waiting", "suspended"]))
        .order_by(timers.c.due_at, timers.c.id)
    )
    return [EngineTimer(*tuple(row)) for row in rows]


def _conditions(chosen: TimerFilter, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    status = "suspended" if chosen.state == "suspended" else "waiting"
    where: list[sa.ColumnElement[bool]] = [timers.c.status == status]
    if chosen.state == "failing":
        where.append(timers.c.failures > 0)
    if chosen.window == "overdue":
        where.append(timers.c.due_at < now)
    elif chosen.window in WINDOWS:
        last = london.local_date(now) + dt.timedelta(days=WINDOWS[chosen.window])
        where += [timers.c.due_at >= now, timers.c.due_at < london.end_of_day(last)]
    elif chosen.window == NO_DATE:
        where.append(timers.c.due_at.is_(None))
    if chosen.process:
        where.append(instances.c.process_key == chosen.process)
    if chosen.element:
        where.append(timers.c.element_id == chosen.element)
    if chosen.kind:
        where.append(timers.c.duty != "" if chosen.kind == "statutory" else timers.c.duty == "")
    return where
