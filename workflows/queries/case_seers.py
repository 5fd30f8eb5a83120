"""Who has seen a case: each person once, with when they last looked and how often."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.store.tables import access_record

MOST = 20


@dataclass(frozen=True, slots=True)
class Seer:
    """Somebody who looked at a case. `glass`: once at least with break-glass."""

    name: str
    last: dt.datetime
    times: int
    glass: bool


def case_seers(connection: sa.Connection, case_id: UUID) -> tuple[Seer, ...]:
    """Return who looked at a case, the latest first. Stands on ix_access_record_case_id_at_id."""
    last = sa.func.max(access_record.c.at).label("last")
    rows = connection.execute(
        sa.select(
            access_record.c.person_id,
            last,
            sa.func.count().label("times"),
            sa.func.max(sa.case((access_record.c.glass, 1), else_=0)).label("glass"),
        )
        .where(access_record.c.case_id == case_id)
        .group_by(access_record.c.person_id)
        .order_by(last.desc(), access_record.c.person_id)
        .limit(MOST)
    ).all()
    names = people.names(connection, {row.person_id for row in rows})
    return tuple(
        Seer(names.get(row.person_id, "Someone who has left"), row.last, row.times, bool(row.glass))
        for row in rows
    )
