"""Be back earlier, or not go at all."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import absences


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """End `absence_id` of `person_id` today: one that has not begun is cancelled."""

    absence_id: UUID
    person_id: str


class AbsenceOver(errors.Conflict):
    """This absence is over already."""


def end_absence(command: EndAbsence, work: Work) -> None:
    """End it; tasks that moved for it come back, where nobody began them.

    Raises:
        absences.NoSuchAbsence: there is none of that person.
        AbsenceOver: it has ended.
    """
    row = absences.lock(work.connection, command.absence_id)
    if row.person_id != command.person_id:
        raise absences.NoSuchAbsence
    if row.status not in absences.OPEN:
        raise AbsenceOver
    if row.status == "planned":
        absences.update(work.connection, row.id, status="cancelled", ended_at=work.now)
        return
    absences.end(work.connection, row, work.actor.id, work.now)
