"""Whom reminders, chasers and escalations must reach by their next digest."""

from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows import changes
from workflows.store.digest_tables import reminders


def project(case_id: UUID, work: Work) -> None:
    """Write a row for each of those whom a reminder is for."""
    rows = [
        {
            "id": uuid4(),
            "recipient": recipient,
            "case_id": case_id,
            "how": each.how,
            "about": each.subject,
            "at": work.now,
        }
        for each in work.changes
        if isinstance(each, changes.ReminderSent) and each.case_id == case_id
        for recipient in each.recipients
    ]
    if rows:
        work.connection.execute(reminders.insert(), rows)
