"""Steps that failed and wait to be tried again."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import incidents


@dataclass(frozen=True, slots=True)
class Incident:
    """A failed step, with the reason in plain words."""

    id: UUID
    instance_id: UUID
    subject_id: UUID
    element_id: str
    name: str
    message: str
    raised_at: dt.datetime


def incident_list(
    connection: sa.Connection, visible: sa.ColumnElement[bool], *, limit: int = 200
) -> list[Incident]:
    """Return open incidents, oldest first. Stands on ix_incidents_open."""
    statement = (
        sa.select(
            incidents.c.id,
            incidents.c.instance_id,
            incidents.c.subject_id,
            incidents.c.element_id,
            incidents.c.name,
            incidents.c.message,
            incidents.c.raised_at,
        )
        .where(incidents.c.resolved_at.is_(None), visible)
        .order_by(incidents.c.raised_at, incidents.c.id)
        .limit(limit)
    )
    return [Incident(*row) for row in connection.execute(statement)]
