"""Do the same to many tasks, instances, cases or incidents."""

import dataclasses
from typing import Any
from uuid import UUID

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import batch_shapes, door, shapes
from webapp.auth import guard
from workflows.access.people import MANAGER
from workflows.commands.plan_batch import PlanBatch
from workflows.commands.resume_batch import ResumeBatch
from workflows.commands.start_batch import StartBatch
from workflows.commands.stop_batch import StopBatch
from workflows.commands.undo_batch import UndoBatch
from workflows.queries import batch_items, batch_list
from workflows.stepping_in.effects import effects
from workflows.store.batches import NewItem

blueprint = Blueprint("api_batches", __name__, description="Many things at once")


@blueprint.post("/batches")
@blueprint.arguments(batch_shapes.NewBatch)
@blueprint.response(201, batch_shapes.Batch)
@door.for_people
def create(body: dict[str, Any]) -> Any:  # noqa: ANN401
    """Plan a batch; nothing changes until it is started."""
    items = tuple(NewItem(each["id"], each["assignee"]) for each in body["items"])
    command = PlanBatch(body["operation"], items, body["title"])
    guard.system().execute(command, guard.person())
    return _batch(command.batch_id)


@blueprint.get("/batches/<uuid:batch_id>")
@blueprint.response(200, batch_shapes.Batch)
@door.for_people
def batch(batch_id: UUID) -> Any:  # noqa: ANN401
    """Return a batch: how it stands, and how many items have which outcome."""
    return _batch(batch_id)


@blueprint.get("/batches/<uuid:batch_id>/items")
@blueprint.arguments(shapes.Query, location="query")
@blueprint.response(200, batch_shapes.BatchItemPage)
@door.for_people
def items(query: dict[str, Any], batch_id: UUID) -> dict[str, Any]:
    """List the items: what would become of each while it is planned, what became of it later."""
    here, found = guard.system(), _batch(batch_id)
    with here.read() as connection:
        page = batch_items.batch_items(
            connection, guard.person(), found, limit=query["limit"], cursor=query["cursor"]
        )
    tried = (
        {each.target_id: each for each in effects(here.executor, guard.person(), found, page.items)}
        if found.status == "planned"
        else {}
    )
    shown = []
    for each in page.items:
        row: dict[str, Any] = dataclasses.asdict(each) | {"effect": None}
        if each.target_id in tried:
            effect = tried[each.target_id]
            row |= {"effect": effect.fate, "reason": effect.reason}
        shown.append(row)
    return {"items": shown, "next_cursor": page.next_cursor}


@blueprint.post("/batches/<uuid:batch_id>/start")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200, batch_shapes.Batch)
@door.for_people
def start(body: dict[str, Any], batch_id: UUID) -> Any:  # noqa: ANN401
    """Start a planned batch; a worker then does it, item by item, by the right of who starts it."""
    door.execute(StartBatch(batch_id, body["reason"]))
    return _batch(batch_id)


@blueprint.post("/batches/<uuid:batch_id>/stop")
@blueprint.response(200, batch_shapes.Batch)
@door.for_people
def stop(batch_id: UUID) -> Any:  # noqa: ANN401
    """Let nothing further be done."""
    door.execute(StopBatch(batch_id))
    return _batch(batch_id)


@blueprint.post("/batches/<uuid:batch_id>/resume")
@blueprint.response(200, batch_shapes.Batch)
@door.for_people
def resume(batch_id: UUID) -> Any:  # noqa: ANN401
    """Go on after a stop, and try again what failed."""
    door.execute(ResumeBatch(batch_id))
    return _batch(batch_id)


@blueprint.post("/batches/<uuid:batch_id>/undo")
@blueprint.response(200, batch_shapes.Batch)
@door.for_people
def undo(batch_id: UUID) -> Any:  # noqa: ANN401
    """Bring back every item that nobody has acted on since."""
    door.execute(UndoBatch(batch_id))
    return _batch(batch_id)


def _batch(batch_id: UUID) -> batch_list.Batch:
    if MANAGER not in guard.person().roles:
        flask.abort(404, "There is no such batch.")
    with guard.system().read() as connection:
        return batch_list.batch(connection, batch_id)
