"""Keep what was typed so far."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes
from engine.definitions import forms, periods
from engine.unit_of_work import SomeoneElsesTask, Work


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep `values` as the draft of `task_id`."""

    task_id: UUID
    values: changes.Values


def save_draft(command: SaveDraft, work: Work) -> None:
    """Keep the draft; what is missing is not asked for yet.

    Raises:
        SomeoneElsesTask: another person has it.
        forms.InvalidForm: a value does not fit its field at all.
        errors.Conflict: it is no longer open.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if task.assignee not in {"", work.actor.id}:
        raise SomeoneElsesTask(details={"by": task.assignee})
    element = work.element_of(task)
    values = forms.validate(
        work.form_of(element.form),
        command.values,
        variables=work.instance(task.instance_id).variables,
        today=work.now.astimezone(periods.ZONE).date(),
        partial=True,
    )
    work.record(changes.DraftSaved(task.instance_id, task.id, values))
