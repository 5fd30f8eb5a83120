"""Take an open task from whoever has it, and give it to another team where one is named."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes as engine_changes, errors, reasons
from engine.unit_of_work import Work
from workflows import changes
from workflows.store import organisation


@dataclass(frozen=True, slots=True)
class PassTaskOn:
    """Release `task_id`, and let it be `team_id`’s; "": it stays with its team."""

    task_id: UUID
    reason: str
    team_id: str = ""


def pass_task_on(command: PassTaskOn, work: Work) -> None:
    """Pass the task on; what was typed so far stays with it.

    Raises:
        errors.NotFound: there is no such task or team.
        errors.Conflict: the task is not open, or the team is closed.
        errors.Invalid: there is no reason.
    """
    reasons.given(command.reason)
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if task.assignee:
        work.record(engine_changes.TaskReleased(task.instance_id, task.id, command.reason.strip()))
    if command.team_id and command.team_id != task.team_id:
        team = organisation.team(work.connection, command.team_id)
        if team.closed_at is not None:
            raise errors.Conflict("That team is closed. Choose another.")
        work.record(
            changes.TaskPassedOn(
                task.instance_id, task.subject_id, task.id, task.team_id, team.id, command.reason
            )
        )
