"""The personal links of a task, for those who may send them."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.access import links, people
from workflows.access.people import Person
from workflows.store.tables import personal_links


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link, and how it stands: open, used, withdrawn, expired or no longer needed."""

    id: UUID
    name: str
    email: str
    made_by: str
    made_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None
    state: str
    failures: int


@dataclass(frozen=True, slots=True)
class TaskLinks:
    """What the task page shows; `may_make`: another can be sent."""

    links: tuple[LinkRow, ...] = ()
    may_make: bool = False


def link_list(
    connection: sa.Connection, person: Person, task_id: UUID, *, now: dt.datetime
) -> TaskLinks:
    """Return the links of a task, newest first; none for those who may not send any."""
    task = connection.execute(
        sa.select(tasks.c.role, tasks.c.team_id, tasks.c.properties, tasks.c.status).where(
            tasks.c.id == task_id
        )
    ).one_or_none()
    if task is None or not links.may_send(person, task.role, task.team_id):
        return TaskLinks()
    rows = connection.execute(
        sa.select(*personal_links.c)
        .where(personal_links.c.task_id == task_id)
        .order_by(personal_links.c.made_at.desc(), personal_links.c.id)
    ).all()
    names = people.names(connection, {row.made_by for row in rows})
    return TaskLinks(
        tuple(
            LinkRow(
                row.id,
                row.name,
                row.email,
                names.get(row.made_by, ""),
                row.made_at,
                row.expires_at,
                row.used_at,
                _state(row, task.status, now),
                row.failures,
            )
            for row in rows
        ),
        task.status == "open" and links.suits(task.role, task.properties),
    )


def _state(row: sa.Row[tuple[object, ...]], status: str, now: dt.datetime) -> str:
    if row.used_at is not None:
        return "used"
    if row.revoked_at is not None:
        return "withdrawn"
    if status != "open":
        return "no longer needed"
    return "open" if now < row.expires_at else "expired"
