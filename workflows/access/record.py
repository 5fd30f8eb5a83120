"""The record of access: who looked at which case, when and why."""

import datetime as dt
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import ports
from engine.store.database import writing
from workflows.store.tables import access_record


def record_view(
    engine: sa.Engine, person: ports.Actor, case_id: UUID, *, what: str, why: str, now: dt.datetime
) -> None:
    """Write down that a person looks at a case, before it is shown."""
    with writing(engine) as connection, connection.begin():
        connection.execute(
            access_record.insert(),
            {
                "id": uuid4(),
                "at": now,
                "person_id": person.id,
                "case_id": case_id,
                "what": what[:120],
                "why": why[:200],
            },
        )
