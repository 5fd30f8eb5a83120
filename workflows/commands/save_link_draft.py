"""Keep what was typed by a personal link: nobody else sees it until it is sent."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes, errors
from engine.definitions import forms, periods
from engine.unit_of_work import Work
from workflows.access import links


@dataclass(frozen=True, slots=True)
class SaveLinkDraft:
    """Keep `values` as the draft of the actor's own link to `task_id`."""

    task_id: UUID
    values: changes.Values


def save_link_draft(command: SaveLinkDraft, work: Work) -> None:
    """Keep the draft; what is missing is not asked for yet.

    Raises:
        forms.InvalidForm: a value does not fit its field at all.
        errors.Conflict: the task is no longer open.
    """
    if not isinstance(work.actor, links.LinkHolder):
        raise errors.Forbidden
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    values = forms.validate(
        work.form_of(work.element_of(task).form),
        command.values,
        variables=work.instance(task.instance_id).variables,
        today=work.now.astimezone(periods.ZONE).date(),
        partial=True,
    )
    links.keep_draft(work.connection, work.actor.link_id, values)
