"""The alerts that somebody was sent because a restricted case was opened."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.store.privacy_tables import broken_glass, glass_alerts as table
from workflows.store.tables import cases, people

MOST = 100


@dataclass(frozen=True, slots=True)
class Alert:
    """A glass that was broken, as somebody is told of it."""

    glass_id: UUID
    case_id: UUID
    case_reference: str
    who: str
    reason: str
    at: dt.datetime
    until: dt.datetime
    acknowledged_at: dt.datetime | None


def glass_alerts(connection: sa.Connection, person: Person) -> tuple[Alert, ...]:
    """Return what a person was told, what they have not acknowledged first, then the newest."""
    rows = connection.execute(
        sa.select(
            table.c.glass_id,
            broken_glass.c.case_id,
            cases.c.reference,
            people.c.name,
            broken_glass.c.reason,
            broken_glass.c.at,
            broken_glass.c.until,
            table.c.acknowledged_at,
        )
        .join(broken_glass, broken_glass.c.id == table.c.glass_id)
        .join(cases, cases.c.id == broken_glass.c.case_id)
        .outerjoin(people, people.c.id == broken_glass.c.person_id)
        .where(table.c.person_id == person.id)
        .order_by(
            sa.case((table.c.acknowledged_at.is_(None), 0), else_=1),
            broken_glass.c.at.desc(),
            broken_glass.c.id,
        )
        .limit(MOST)
    )
    return tuple(Alert(*row) for row in rows)
