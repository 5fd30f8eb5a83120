"""What the form of an escalation shows: what it is about, and who can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def of_case(connection: sa.Connection, person: Person, case_id: UUID) -> EscalationForm:
    """Return the form about a case.

    Raises:
        sight.NoSuchCase: it is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    return EscalationForm(
        case_id,
        _reference(connection, case_id),
        why,
        None,
        "the case",
        f"/cases/{case_id}",
        reachable(connection, case_id),
    )


def of_task(connection: sa.Connection, person: Person, task_id: UUID) -> EscalationForm:
    """Return the form about a task.

    Raises:
        errors.NotFound: there is none, or its case is not the person's to see.
    """
    row = connection.execute(
        sa.select(tasks.c.subject_id, tasks.c.name).where(tasks.c.id == task_id)
    ).one_or_none()
    if row is None:
        raise NoSuchTask
    why = sight.why_may_see(connection, person, row.subject_id)
    return EscalationForm(
        row.subject_id,
        _reference(connection, row.subject_id),
        why,
        task_id,
        f"the task “{row.name}”",
        f"/tasks/{task_id}",
        reachable(connection, row.subject_id),
    )


def _reference(connection: sa.Connection, case_id: UUID) -> str:
    found: str = connection.execute(
        sa.select(cases.c.reference).where(cases.c.id == case_id)
    ).scalar_one()
    return found
