"""What needs a manager now, counted up to a bound."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.store.tables import incidents, tasks
from workflows.access.people import FAMILY
from workflows.calendar import london
from workflows.store import absences

BOUND: Final = 1_000


@dataclass(frozen=True, slots=True)
class Needs:
    """Open tasks that are late and nobody has, those of people who are away, failed steps."""

    late_and_unassigned: int
    of_absent: int
    incidents: int


def needs_now(connection: sa.Connection, *, now: dt.datetime) -> Needs:
    """Return the counts, each at most `BOUND`.

    Stands on ix_tasks_load, ix_tasks_assignee_status_due_at_id and ix_incidents_open.
    """
    today = london.local_date(now)
    away = {each.person_id for each in absences.between(connection, today, today)}
    late = (
        tasks.c.status == "open",
        tasks.c.assignee == "",
        tasks.c.role != FAMILY,
        tasks.c.due_at < london.start_of_day(today),
    )
    of_absent = (tasks.c.status == "open", tasks.c.assignee.in_(away))
    return Needs(
        _counted(connection, sa.select(tasks.c.id).where(*late)),
        _counted(connection, sa.select(tasks.c.id).where(*of_absent)) if away else 0,
        _counted(connection, sa.select(incidents.c.id).where(incidents.c.resolved_at.is_(None))),
    )


def _counted(connection: sa.Connection, found: sa.Select[tuple[object]]) -> int:
    bounded = found.limit(BOUND).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(bounded)).scalar_one())
