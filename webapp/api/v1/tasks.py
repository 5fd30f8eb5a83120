"""User tasks."""

import dataclasses
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from engine.changes import InstanceEnded, TaskOpened
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.access import record
from workflows.queries import task_page
from workflows.queries.work_list import Scope, WorkFilter, work_list

blueprint = Blueprint("api_tasks", __name__, description="User tasks")


@blueprint.get("/tasks")
@blueprint.arguments(shapes.TaskQuery, location="query")
@blueprint.response(200, shapes.TaskPage)
@door.for_people
def tasks(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List the tasks that one may see, most urgent first."""
    chosen = WorkFilter(
        scope=Scope.ALL,
        status=query["status"],
        process=query["process"],
        team=query["team"],
        role=query["role"],
        assignee=query["assignee"],
        case_id=query["case"],
        instance_id=query["instance"],
        due_before=query["due_before"],
        text=query["q"],
        sort=query["sort"],
    )
    here = guard.system()
    with here.read() as connection:
        found = work_list(
            connection,
            guard.person(),
            chosen,
            now=here.now(),
            limit=query["limit"],
            cursor=query["cursor"],
        )
    return found.page


@blueprint.get("/tasks/<uuid:task_id>")
@blueprint.response(200, shapes.TaskDetail)
@door.for_people
def task(task_id: UUID) -> Any:  # noqa: ANN401
    """Return a task with its form."""
    return _detail(task_id)


@blueprint.post("/tasks/<uuid:task_id>/claim")
@blueprint.response(200, shapes.TaskDetail)
@door.for_people
def claim(task_id: UUID) -> Any:  # noqa: ANN401
    """Take a task."""
    door.execute(ClaimTask(task_id))
    return _detail(task_id)


@blueprint.post("/tasks/<uuid:task_id>/release")
@blueprint.response(200, shapes.TaskDetail)
@door.for_people
def release(task_id: UUID) -> Any:  # noqa: ANN401
    """Give a task back to its team."""
    door.execute(ReleaseTask(task_id))
    return _detail(task_id)


@blueprint.post("/tasks/<uuid:task_id>/assign")
@blueprint.arguments(shapes.Assignment)
@blueprint.response(200, shapes.TaskDetail)
@door.for_people
def assign(body: dict[str, Any], task_id: UUID) -> Any:  # noqa: ANN401
    """Give a task to a colleague."""
    door.execute(AssignTask(task_id, body["assignee"], body["reason"]))
    return _detail(task_id)


@blueprint.put("/tasks/<uuid:task_id>/draft")
@blueprint.arguments(shapes.Values)
@blueprint.response(200, shapes.TaskDetail)
@door.for_people
def draft(body: dict[str, Any], task_id: UUID) -> Any:  # noqa: ANN401
    """Keep answers as a draft."""
    door.execute(SaveDraft(task_id, body["values"]))
    return _detail(task_id)


@blueprint.post("/tasks/<uuid:task_id>/complete")
@blueprint.arguments(shapes.Completion)
@blueprint.response(200)
@door.for_people
def complete(body: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Complete a task; tells which tasks opened next, and whether the process ended."""
    source = body["on_behalf_of"].strip()
    outcome = door.execute(
        CompleteTask(task_id, body["values"], OnBehalf(source) if source else None)
    )
    return {
        "id": str(task_id),
        "status": "completed",
        "opened": [
            {
                "id": str(each.task_id),
                "element_id": each.element_id,
                "name": each.name,
                "role": each.role,
            }
            for each in outcome.of(TaskOpened)
        ],
        "ended": [str(each.instance_id) for each in outcome.of(InstanceEnded)],
    }


def _detail(task_id: UUID) -> dict[str, Any]:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = task_page.task_page(
            connection, person, task_id, here.executor.bundles, now=here.now()
        )
    record.record_view(
        here.engine, person, page.item.case_id, what="task", why="task", now=here.now()
    )
    values = {each.name: getattr(page.item, each.name) for each in dataclasses.fields(page.item)}
    return {
        **values,
        "form": door.form_of(page.form),
        "values": page.values,
        "guidance": page.guidance,
        "may_complete": page.may_complete,
        "on_behalf": page.on_behalf,
    }
