"""Give a task back to its team."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes, errors
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class ReleaseTask:
    """Give `task_id` back, so that a colleague can take it."""

    task_id: UUID
    reason: str = ""


class NotClaimed(errors.Conflict):
    """Nobody has this task, so it cannot be given back."""


def release_task(command: ReleaseTask, work: Work) -> None:
    """Give the task back; its draft stays.

    Raises:
        NotClaimed: nobody has it.
        errors.Conflict: it is no longer open.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if not task.assignee:
        raise NotClaimed
    work.record(changes.TaskReleased(task.instance_id, task.id, command.reason[:500]))
