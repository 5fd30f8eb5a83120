"""The record of access: who looked at which case, when and why. Rows are added, and never changed."""

import datetime as dt
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import ports
from engine.store.database import writing
from workflows.access import unusual
from workflows.store.privacy_tables import access_readings
from workflows.store.tables import access_record


def record_view(
    engine: sa.Engine, person: ports.Actor, case_id: UUID, *, what: str, why: str, now: dt.datetime
) -> None:
    """Write down that a person looks at a case, before it is shown, and what is unusual about it.

    Args:
        engine: Where to write.
        person: Who looks.
        case_id: At which case.
        what: The kind of page, and after a colon which one ("document: Advice").
        why: What allows it.
        now: The moment.
    """
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
                "page": what.partition(":")[0].strip()[:40],
                **unusual.marks(connection, person, case_id, now=now),
            },
        )


def record_reading(engine: sa.Engine, person: ports.Actor, asked: str, now: dt.datetime) -> None:
    """Write down that a person reads the record itself, and what they asked of it."""
    with writing(engine) as connection, connection.begin():
        connection.execute(
            access_readings.insert(),
            {"id": uuid4(), "at": now, "person_id": person.id, "asked": asked[:2000]},
        )
