"""What people did and what they have open: from this a forecast learns how long steps take.

No characteristic of a child is among it.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import tasks

MOST: Final = 60_000  # newest tasks looked at
_COLUMNS: Final = (
    tasks.c.id,
    tasks.c.subject_id,
    tasks.c.instance_id,
    tasks.c.element_id,
    tasks.c.role,
    tasks.c.team_id,
    tasks.c.label,
    tasks.c.item,
    tasks.c.due_at,
    tasks.c.opened_at,
    tasks.c.claimed_at,
    tasks.c.completed_at,
    tasks.c.status,
    tasks.c["values"],
)


@dataclass(frozen=True, slots=True)
class Observed:
    """A task: when it opened, was taken and ended, and what was answered.

    Attributes:
        item: Which of several side by side, as its diagram has it.
        ended: When it was completed, or was no longer wanted; None while it is open.
        completed: It was completed.
    """

    id: UUID
    case_id: UUID
    instance_id: UUID
    element: str
    role: str
    team: str
    label: str
    item: Any
    due: dt.datetime
    opened: dt.datetime
    taken: dt.datetime | None
    ended: dt.datetime | None
    completed: bool
    values: Any

    def as_of(self, moment: dt.datetime) -> "Observed | None":
        """Return it as it was known at a moment; None where it had not opened."""
        if self.opened > moment:
            return None
        if self.ended is not None and self.ended <= moment:
            return self
        taken = self.taken if self.taken is not None and self.taken <= moment else None
        return replace(self, taken=taken, ended=None, completed=False, values=None)


def observed_steps(
    connection: sa.Connection, since: dt.datetime, until: dt.datetime
) -> tuple[Observed, ...]:
    """Return the tasks that opened between two moments, the newest first, as they are known now.

    Reads the table of tasks once; a worker asks once a day.
    """
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(tasks.c.opened_at >= since, tasks.c.opened_at <= until)
        .order_by(tasks.c.opened_at.desc(), tasks.c.id)
        .limit(MOST)
    )
    return tuple(_observed(row) for row in rows)


def steps_of(
    connection: sa.Connection, case_ids: Collection[UUID], *, only_open: bool
) -> tuple[Observed, ...]:
    """Return the tasks of cases, in the order in which they opened. Stands on ix_tasks_subject_id."""
    statement = sa.select(*_COLUMNS).where(tasks.c.subject_id.in_(list(case_ids)))
    if only_open:
        statement = statement.where(tasks.c.status == "open")
    rows = connection.execute(statement.order_by(tasks.c.opened_at, tasks.c.id))
    return tuple(_observed(row) for row in rows)


def open_steps(connection: sa.Connection, roles: Collection[str]) -> tuple[Observed, ...]:
    """Return what is open of some roles. Stands on ix_tasks_status_due_at_id."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(tasks.c.status == "open", tasks.c.role.in_(list(roles)))
        .order_by(tasks.c.due_at, tasks.c.id)
    )
    return tuple(_observed(row) for row in rows)


def _observed(row: Any) -> Observed:  # noqa: ANN401
    return Observed(
        id=row.id,
        case_id=row.subject_id,
        instance_id=row.instance_id,
        element=row.element_id,
        role=row.role,
        team=row.team_id,
        label=row.label,
        item=row.item,
        due=row.due_at,
        opened=row.opened_at,
        taken=row.claimed_at,
        ended=row.completed_at,
        completed=row.status == "completed",
        values=row._mapping[tasks.c["values"]],  # noqa: SLF001 (SQLAlchemy's public name)
    )
