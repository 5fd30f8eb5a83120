"""Where work waits: at which element how many cases wait, how long, and how many of them are late."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.store.tables import (
    bundles,
    incidents,
    instances,
    message_waits,
    tasks,
    timers,
)
from workflows.access.people import Person
from workflows.access.sight import sees

WEEK: Final = dt.timedelta(days=7)
MONTH: Final = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at an element.

    Attributes:
        count: How many wait.
        late: Tasks whose own date has passed.
        under_a_week, under_four_weeks, longer: How long they have waited.
        oldest: Since when the oldest waits.
        failed: Steps there that have failed.
    """

    count: int = 0
    late: int = 0
    under_a_week: int = 0
    under_four_weeks: int = 0
    longer: int = 0
    oldest: dt.datetime | None = None
    failed: int = 0

    @property
    def late_share(self) -> float:
        """Per cent of what waits that is late."""
        return 100 * self.late / self.count if self.count else 0.0


def where_work_waits(
    connection: sa.Connection,
    person: Person | None,
    process_key: str,
    *,
    version: int | None,
    events: Collection[str],
    now: dt.datetime,
) -> Mapping[str, Waiting]:
    """Return what waits at each element of a process; elements where nothing does are left out.

    Stands on ix_tasks_open_process_key_element_id_due_at_opened_at, and its like of messages and
    timers: only what is open is looked at, not what was ever done.

    Args:
        connection: To read.
        person: Only what they may see; None for all, where nobody learns whose it is.
        process_key: The process.
        version: Only what runs on this version of it; None for all.
        events: Elements where a case waits for a message or a date.
        now: The moment, aware.
    """
    here = _Where(person, process_key, version_bundles(connection, process_key, version))
    found = {row.element_id: _of_tasks(row) for row in connection.execute(_tasks(here, now))}
    for table, since in ((message_waits, message_waits.c.since), (timers, timers.c.set_at)):
        for row in connection.execute(_events(here, table, since, events, now)):
            found[row.element_id] = _of_tasks(row)
    for row in connection.execute(_failed(here)):
        before = found.get(row.element_id, Waiting())
        values = {name: getattr(before, name) for name in Waiting.__slots__}
        found[row.element_id] = Waiting(**{**values, "failed": row.found})
    return found


def waiting_by_process(connection: sa.Connection, person: Person | None) -> Mapping[str, int]:
    """Return how many tasks wait in each process; with a `person`, of those that they may see."""
    seen = sees(person, tasks.c.subject_id) if person else sa.true()
    rows = connection.execute(
        sa.select(tasks.c.process_key, sa.func.count().label("found"))
        .where(tasks.c.status == "open", seen)
        .group_by(tasks.c.process_key)
        .order_by(tasks.c.process_key)
    )
    return {row.process_key: row.found for row in rows}


def version_bundles(
    connection: sa.Connection, process_key: str, version: int | None
) -> tuple[str, ...] | None:
    """Return the bundles in which a process has a version; None for any."""
    if version is None:
        return None
    rows = connection.execute(sa.select(bundles.c.id, bundles.c.members).order_by(bundles.c.id))
    return tuple(row.id for row in rows if row.members.get(process_key) == version)


@dataclass(frozen=True, slots=True)
class _Where:
    person: Person | None
    process_key: str
    bundle_ids: tuple[str, ...] | None

    def of(self, table: sa.Table) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on a table of things that belong to instances."""
        found = [table.c.process_key == self.process_key]
        if self.person is not None:
            found.append(sees(self.person, table.c.subject_id))
        if self.bundle_ids is not None:
            runs = sa.select(instances.c.id).where(
                instances.c.id == table.c.instance_id, instances.c.bundle_id.in_(self.bundle_ids)
            )
            found.append(sa.exists(runs))
        return found


def _tasks(here: _Where, now: dt.datetime) -> sa.Select[Any]:
    late = _times(tasks.c.due_at < now)
    return _aged(tasks, tasks.c.opened_at, late, now).where(
        tasks.c.status == "open", *here.of(tasks)
    )


def _events(
    here: _Where,
    table: sa.Table,
    since: sa.ColumnElement[dt.datetime],
    events: Collection[str],
    now: dt.datetime,
) -> sa.Select[Any]:
    where = [table.c.element_id.in_(list(events)), *here.of(table)]
    if table is timers:
        where.append(timers.c.status == "waiting")
    return _aged(table, since, sa.literal(0), now).where(*where)


def _aged(
    table: sa.Table,
    since: sa.ColumnElement[dt.datetime],
    late: sa.ColumnElement[int],
    now: dt.datetime,
) -> sa.Select[Any]:
    return (
        sa.select(
            table.c.element_id,
            sa.func.count().label("found"),
            late.label("late") if table is tasks else sa.func.max(late).label("late"),
            _times(since >= now - WEEK).label("under_a_week"),
            _times((since < now - WEEK) & (since >= now - MONTH)).label("under_four_weeks"),
            _times(since < now - MONTH).label("longer"),
            sa.func.min(since).label("oldest"),
        )
        .group_by(table.c.element_id)
        .order_by(table.c.element_id)
    )


def _times(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _failed(here: _Where) -> sa.Select[Any]:
    return (
        sa.select(incidents.c.element_id, sa.func.count().label("found"))
        .where(incidents.c.resolved_at.is_(None), *here.of(incidents))
        .group_by(incidents.c.element_id)
        .order_by(incidents.c.element_id)
    )


def _of_tasks(row: Any) -> Waiting:  # noqa: ANN401 (a row)
    return Waiting(
        row.found, row.late, row.under_a_week, row.under_four_weeks, row.longer, row.oldest
    )
