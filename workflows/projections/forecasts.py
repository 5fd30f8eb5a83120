"""A case's forecast is out of date once anything happens in the case that it looks at."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from engine import changes as engine_changes
from engine.unit_of_work import Work
from workflows import changes
from workflows.store import forecasts

TELLING: Final = (
    changes.FactRecorded,
    changes.ExceptionRecorded,
    engine_changes.TaskOpened,
    engine_changes.TaskClaimed,
    engine_changes.TaskAssigned,
    engine_changes.TaskReleased,
    engine_changes.TaskCompleted,
    engine_changes.TaskCancelled,
    engine_changes.TimerFired,
    engine_changes.TimerSet,
    engine_changes.TimerRescheduled,
    engine_changes.InstanceMoved,
    engine_changes.InstanceEnded,
    engine_changes.IncidentRaised,
)


def project(recorded: Sequence[engine_changes.Change], case_id: UUID, work: Work) -> None:
    """Mark the forecast of a case in which something happened."""
    if any(isinstance(each, TELLING) for each in recorded):
        forecasts.mark_stale(work.connection, case_id)
