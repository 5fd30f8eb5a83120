"""The rows of what must leave the system."""

from uuid import uuid4

from engine import changes
from engine.store.tables import outbox
from engine.unit_of_work import Work


def project(work: Work) -> None:
    """Queue what was decided to be sent."""
    rows = [
        {
            "id": uuid4(),
            "subject_id": work.subject_of(each) if work.subjects() else None,
            "kind": each.kind,
            "key": each.key,
            "payload": dict(each.payload),
            "queued_at": work.now,
            "next_attempt_at": work.now,
            "attempts": 0,
            "status": "queued",
        }
        for each in work.changes
        if isinstance(each, changes.OutgoingQueued)
    ]
    if rows:
        work.connection.execute(outbox.insert(), rows)
