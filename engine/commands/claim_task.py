"""Take a task that nobody has."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes, errors
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take `task_id` for the actor."""

    task_id: UUID


class AlreadyClaimed(errors.Conflict):
    """A colleague has taken this task."""


def claim_task(command: ClaimTask, work: Work) -> None:
    """Take the task; to take one's own again changes nothing.

    Raises:
        AlreadyClaimed: another person has it; the details say who and since when.
        errors.Conflict: it is no longer open.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if task.assignee == work.actor.id:
        return
    if task.assignee:
        raise AlreadyClaimed(
            details={
                "by": task.assignee,
                "at": task.claimed_at.isoformat() if task.claimed_at else "",
            }
        )
    work.record(changes.TaskClaimed(task.instance_id, task.id, work.actor.id))
