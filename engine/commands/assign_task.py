"""Give a task to a person."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class AssignTask:
    """Give `task_id` to the person `assignee`.

    `in_person`: to nobody in their place, even while the domain lets somebody stand in for them.
    """

    task_id: UUID
    assignee: str
    reason: str = ""
    in_person: bool = False


def assign_task(command: AssignTask, work: Work) -> None:
    """Give the task, whoever has it now.

    Raises:
        errors.Conflict: it is no longer open.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if task.assignee != command.assignee:
        work.record(
            changes.TaskAssigned(
                task.instance_id,
                task.id,
                command.assignee,
                command.reason[:500],
                command.in_person,
            )
        )
