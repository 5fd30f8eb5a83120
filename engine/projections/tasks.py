"""The rows of user tasks."""

import dataclasses
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import changes
from engine.store.tables import tasks
from engine.store.types import FAR_FUTURE
from engine.unit_of_work import Work


def project(work: Work) -> None:
    """Write tasks opened, taken, given back, drafted, moved, completed and cancelled."""
    opened = [
        _opened(change, work) for change in work.changes if isinstance(change, changes.TaskOpened)
    ]
    if opened:
        work.connection.execute(tasks.insert(), opened)
    cancelled: list[UUID] = []
    for change in work.changes:
        if isinstance(change, changes.TaskCancelled):
            cancelled.append(change.task_id)
        elif isinstance(change, changes.TaskMoved):
            _move(change, work)
        elif (values := _update(change, work)) is not None:
            work.connection.execute(
                tasks.update().where(tasks.c.id == change.task_id).values(values)  # type: ignore[attr-defined]
            )
    if cancelled:
        _cancel(work, cancelled)


def _opened(change: changes.TaskOpened, work: Work) -> dict[str, Any]:
    instance_id = change.instance_id
    if instance_id is None:
        raise ValueError("a task belongs to an instance")
    subject_id = work.rows_subject(instance_id)
    work.team_of[change.task_id] = work.domain.route(change, subject_id, work)
    return {
        "id": change.task_id,
        "instance_id": instance_id,
        "subject_id": subject_id,
        "root_process_key": work.runs[instance_id].bundle.process_key,
        "process_key": change.process_key,
        "element_id": change.element_id,
        "name": change.name,
        "label": change.label,
        "role": change.role,
        "team_id": work.team_of[change.task_id],
        "assignee": change.assignee,
        "status": "open",
        "due_at": change.due_at or FAR_FUTURE,
        "duty": change.duty,
        "form_key": change.form_key,
        "properties": dict(change.properties),
        "item": change.item,
        "draft": None,
        "values": None,
        "opened_at": work.now,
    }


def _update(change: changes.Change, work: Work) -> dict[str, Any] | None:
    match change:
        case changes.TaskClaimed() | changes.TaskAssigned():
            return {"assignee": change.assignee, "claimed_at": work.now}
        case changes.TaskReleased():
            return {"assignee": "", "claimed_at": None}
        case changes.DraftSaved():
            return {"draft": dict(change.values)}
        case changes.TaskCompleted():
            return {
                "status": "completed",
                "values": dict(change.values),
                "draft": None,
                "completed_at": work.now,
                "completed_by": work.actor.id,
                "assignee": work.actor.id,
            }
    return None


def _move(change: changes.TaskMoved, work: Work) -> None:
    """Write how a task is drawn now; who has it, and what was typed so far, stay."""
    values: dict[str, Any] = {
        "element_id": change.element_id,
        "process_key": change.process_key,
        "name": change.name,
        "label": change.label,
        "role": change.role,
        "form_key": change.form_key,
        "duty": change.duty,
        "properties": dict(change.properties),
    }
    if change.due_changed:
        values["due_at"] = change.due_at or FAR_FUTURE
    if change.role != change.role_before and change.instance_id is not None:
        subject_id = work.rows_subject(change.instance_id)
        values["team_id"] = work.domain.route(_as_opened(change), subject_id, work)
    work.connection.execute(tasks.update().where(tasks.c.id == change.task_id).values(values))


def _as_opened(change: changes.TaskMoved) -> changes.TaskOpened:
    names = (each.name for each in dataclasses.fields(changes.TaskOpened))
    known = {name: getattr(change, name) for name in names if hasattr(change, name)}
    return changes.TaskOpened(**known, assignee="")


def _cancel(work: Work, cancelled: list[UUID]) -> None:
    statement = (
        tasks.update()
        .where(tasks.c.id.in_(cancelled))
        .values(status="cancelled", completed_at=work.now, draft=sa.null())
    )
    work.connection.execute(statement)
