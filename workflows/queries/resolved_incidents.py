"""Steps that failed and were helped on, the latest first."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Page
from engine.store.tables import incidents
from workflows.access import sight
from workflows.access.people import Person
from workflows.store.tables import cases


@dataclass(frozen=True, slots=True)
class Resolved:
    """A step that failed. `how`: retried, moved on or cancelled."""

    id: UUID
    instance_id: UUID
    case_id: UUID
    reference: str
    name: str
    message: str
    raised_at: dt.datetime
    resolved_at: dt.datetime
    how: str


def resolved_incidents(
    connection: sa.Connection, person: Person, *, cursor: str | None = None
) -> Page[Resolved]:
    """Return resolved incidents. Stands on ix_incidents_resolved."""
    statement = (
        sa.select(
            incidents.c.id,
            incidents.c.instance_id,
            incidents.c.subject_id,
            cases.c.reference,
            incidents.c.name,
            incidents.c.message,
            incidents.c.raised_at,
            incidents.c.resolved_at,
            incidents.c.how,
        )
        .join(cases, cases.c.id == incidents.c.subject_id)
        .where(incidents.c.resolved_at.is_not(None), sight.sees(person, incidents.c.subject_id))
        .order_by(incidents.c.resolved_at.desc(), incidents.c.id.desc())
    )
    if cursor:
        at, identifier = paging.decode(cursor, 2)
        statement = statement.where(
            sa.tuple_(incidents.c.resolved_at, incidents.c.id)
            < sa.tuple_(
                sa.literal(dt.datetime.fromisoformat(at), incidents.c.resolved_at.type),
                sa.literal(UUID(identifier), incidents.c.id.type),
            )
        )
    wanted = paging.limit_of(None)
    rows = [Resolved(*row) for row in connection.execute(statement.limit(wanted + 1))]
    last = rows[wanted - 1] if len(rows) > wanted else None
    return Page(tuple(rows[:wanted]), paging.encode(last.resolved_at, last.id) if last else None)
