"""What the form of an escalation shows: what it is about, and who can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import tasks
from workflows.access import sight
from workflows.access.people import Person
from workflows.access.reachable import Reachable, reachable
from workflows.store.tables import cases


@dataclass(frozen=True, slots=True)
class EscalationForm:
    """A case, or a task of it, and who can be told. `address`: of its page."""

    case_id: UUID
    reference: str
    why: str
    task_id: UUID | None
    about: str
    address: str
    reachable: Sequence[Reachable]


class NoSuchTask(errors.NotFound):
    """There is no such task."""


def escalation_form(
    connection: sa.Connection,
    person: Person,
    *,
    case_id: UUID | None = None,
    task_id: UUID | None = None,
) -> EscalationForm:
    """Return the form about a case, or about a task.

    Raises:
        errors.NotFound: there is none, or the case is not the person's to see.
    """
    task = _task(connection, task_id) if task_id else None
    subject: UUID | None = task.subject_id if task else case_id
    if subject is None:
        raise NoSuchTask
    why = sight.why_may_see(connection, person, subject)
    return EscalationForm(
        subject,
        _reference(connection, subject),
        why,
        task_id,
        f"the task “{task.name}”" if task else "the case",
        f"/tasks/{task_id}" if task_id else f"/cases/{subject}",
        reachable(connection, subject),
    )


def _task(connection: sa.Connection, task_id: UUID) -> Any:  # noqa: ANN401 (a row)
    row = connection.execute(
        sa.select(tasks.c.subject_id, tasks.c.name).where(tasks.c.id == task_id)
    ).one_or_none()
    if row is None:
        raise NoSuchTask
    return row


def _reference(connection: sa.Connection, case_id: UUID) -> str:
    found: str = connection.execute(
        sa.select(cases.c.reference).where(cases.c.id == case_id)
    ).scalar_one()
    return found
