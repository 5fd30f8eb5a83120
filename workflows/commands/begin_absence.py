"""Begin an absence on its first day."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows.access import people
from workflows.batches.operation import MOST, Operation
from workflows.calendar import london
from workflows.store import absences, batches
from workflows.store.batches import NewItem


@dataclass(frozen=True, slots=True)
class BeginAbsence:
    """Begin `absence_id`."""

    absence_id: UUID


def begin_absence(command: BeginAbsence, work: Work) -> None:
    """Let the worker move what the person has to who stands in, by the right of who entered it.

    Whoever comes second finds it begun, and does nothing.

    Raises:
        absences.NoSuchAbsence: there is none.
    """
    row = absences.lock(work.connection, command.absence_id)
    today = london.local_date(work.now)
    if row.status != "planned" or row.from_date > today:
        return
    if row.to_date < today:  # no worker ran in all these days
        absences.update(work.connection, row.id, status="over", ended_at=work.now)
        return
    batch_id = _move(row, work) if row.move_open else None
    absences.update(work.connection, row.id, status="running", batch_id=batch_id)


def _move(row: Any, work: Work) -> UUID | None:  # noqa: ANN401
    today = london.local_date(work.now)
    away = absences.between(work.connection, today, today)
    items = [
        NewItem(task.id, deputy)
        for task in batches.assigned_to(work.connection, row.person_id)[:MOST]
        if (deputy := absences.stands_in(away, row.person_id, task.team_id, task.role))
        != row.person_id
    ]
    if not items:
        return None
    name = people.names(work.connection, {row.person_id}).get(row.person_id, "A colleague")
    until = f"{row.to_date.day} {row.to_date:%B %Y}"
    batch_id = uuid4()
    values = {
        "id": batch_id,
        "operation": Operation.REASSIGN.value,
        "title": f"Absence of {name}",
        "reason": f"{name} is away until {until}",
        "status": "running",
        "created_at": work.now,
        "created_by": row.set_by,
        "started_at": work.now,
        "started_by": row.set_by,
    }
    batches.add(work.connection, values, items)
    return batch_id
