"""Try one failed step of a group again."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes
from engine.commands.retry_incident import RetryIncident, retry_incident
from engine.unit_of_work import Work
from workflows.store import retries


@dataclass(frozen=True, slots=True)
class RetryItem:
    """Try the step of `incident_id` again, as `retry_id` says."""

    retry_id: UUID
    incident_id: UUID


def retry_item(command: RetryItem, work: Work) -> None:
    """Try the step again, and write down whether it went through; nothing where that is done.

    Raises:
        errors.Refused: it cannot be tried; nothing of it stands.
    """
    if not retries.lock_item(work.connection, command.retry_id, command.incident_id):
        return
    retry_incident(RetryIncident(command.incident_id), work)
    again = [each for each in work.changes if isinstance(each, changes.IncidentRaised)]
    outcome = ("failed", again[0].message) if again else ("succeeded", "")
    retries.settle(work.connection, command.retry_id, command.incident_id, outcome, work.now)
