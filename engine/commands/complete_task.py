"""Complete a user task with the values of its form."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes
from engine.definitions import forms, periods
from engine.unit_of_work import SomeoneElsesTask, Work


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """Whose answer it is, when staff enter what came by post or phone.

    Attributes:
        source: Who gave it and how it came ("mother, by phone").
    """

    source: str


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Complete `task_id` with `values` (field id to value, as the form posted them)."""

    task_id: UUID
    values: changes.Values
    on_behalf: OnBehalf | None = None


def complete_task(command: CompleteTask, work: Work) -> None:
    """Complete the task and run the instance to its next wait.

    Raises:
        unit_of_work.TaskClosed: a colleague was quicker; the details say who and when.
        SomeoneElsesTask: another person has it.
        forms.InvalidForm: a value is missing or does not fit its field.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if task.assignee not in {"", work.actor.id}:
        raise SomeoneElsesTask(details={"by": task.assignee})
    run = work.run_of(task.instance_id)
    values = forms.validate(
        work.form_of(work.element_of(task).form),
        command.values,
        variables=run.scope_of_task(task.id),
        today=work.now.astimezone(periods.ZONE).date(),
    )
    shown = dict(values)
    if command.on_behalf:
        shown["on_behalf_of"] = command.on_behalf.source[:200]
    work.record(changes.TaskCompleted(run.instance_id, task.id, task.element_id, task.name, shown))
    run.complete_task(task.id, values)
    work.collect(run)
