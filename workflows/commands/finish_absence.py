"""End an absence after its last day."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import absences


@dataclass(frozen=True, slots=True)
class FinishAbsence:
    """End `absence_id`, whose last day has passed."""

    absence_id: UUID


def finish_absence(command: FinishAbsence, work: Work) -> None:
    """Bring back what moved for it, where nobody began it; whoever comes second does nothing.

    Raises:
        absences.NoSuchAbsence: there is none.
    """
    row = absences.lock(work.connection, command.absence_id)
    if row.status == "running" and row.to_date < london.local_date(work.now):
        absences.end(work.connection, row, row.set_by, work.now)
