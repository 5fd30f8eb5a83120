"""Try a failed step again."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes, errors
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class RetryIncident:
    """Try the step of `incident_id` again."""

    incident_id: UUID


class AlreadyResolved(errors.Conflict):
    """This step has been tried again already."""


def retry_incident(command: RetryIncident, work: Work) -> None:
    """Try the step again; if it fails once more, a new incident says why.

    Raises:
        AlreadyResolved: a colleague was quicker.
    """
    incident = work.part("incident", command.incident_id)
    if incident.resolved_at is not None:
        raise AlreadyResolved
    run = work.run_of(incident.instance_id)
    work.record(
        changes.IncidentResolved(run.instance_id, incident.id, incident.element_id, "retried")
    )
    run.retry(incident.token_id)
    work.collect(run)
