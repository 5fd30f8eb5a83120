"""Steps that failed and were helped on, the latest first."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
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
    )
    order = Order.newest_first(incidents.c.resolved_at, incidents.c.id)
    page = paging.page(connection, statement, order, cursor=cursor)
    return page.of(lambda row: Resolved(*row))
