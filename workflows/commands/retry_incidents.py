"""Try all failed steps of one cause again."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.store import retries


@dataclass(frozen=True, slots=True)
class RetryIncidents:
    """Try the steps of `incident_ids` again, one after the other. `title`: their cause, in words."""

    incident_ids: tuple[UUID, ...]
    title: str
    retry_id: UUID = field(default_factory=uuid4)


class NothingToRetry(errors.Conflict):
    """Nothing of this is left to try again: colleagues were quicker."""


def retry_incidents(command: RetryIncidents, work: Work) -> None:
    """Let the worker try them again, each in a unit of work of its own.

    Raises:
        NothingToRetry: none of them is open.
    """
    found = retries.open_incidents(work.connection, command.incident_ids)
    if not found:
        raise NothingToRetry
    values = {
        "id": command.retry_id,
        "title": command.title[:2000],
        "process_key": found[0].process_key,
        "element_id": found[0].element_id,
        "status": "running",
        "asked_by": work.actor.id,
        "asked_at": work.now,
    }
    retries.add(work.connection, values, found)
