"""Process instances."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from engine.changes import InstanceRestarted
from engine.commands.cancel_instance import CancelInstance
from engine.commands.move_token import MoveToken
from engine.commands.restart_instance import RestartInstance
from engine.commands.resume_instance import ResumeInstance
from engine.commands.suspend_instance import SuspendInstance
from engine.queries import history, instance as instance_query
from webapp.api.v1 import door, intervention_shapes, shapes
from webapp.auth import guard
from webapp.presentation import foreseen
from workflows.access import record
from workflows.queries import engine_lists
from workflows.queries.instance_page import instance_page

blueprint = Blueprint("api_instances", __name__, description="Process instances")


@blueprint.get("/instances/<uuid:instance_id>")
@blueprint.response(200, shapes.Instance)
@door.for_people
def instance(instance_id: UUID) -> Any:  # noqa: ANN401
    """Return an instance: its variables, where its tokens are, its timers and incidents."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = engine_lists.instance(connection, person, instance_id)
    record.record_view(
        here.engine, person, found["subject_id"], what="instance", why=found["why"], now=here.now()
    )
    return found


@blueprint.get("/instances/<uuid:instance_id>/history")
@blueprint.arguments(shapes.Query, location="query")
@blueprint.response(200, shapes.HistoryPage)
@door.for_people
def instance_history(query: dict[str, Any], instance_id: UUID) -> Any:  # noqa: ANN401
    """Return what happened, oldest first."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = engine_lists.instance(connection, person, instance_id)
        page = history.instance_history(
            connection, instance_id, limit=query["limit"], cursor=query["cursor"]
        )
    record.record_view(
        here.engine, person, found["subject_id"], what="history", why=found["why"], now=here.now()
    )
    return page


@blueprint.post("/instances/<uuid:instance_id>/cancel")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200, shapes.Instance)
@door.for_people
def cancel(body: dict[str, Any], instance_id: UUID) -> Any:  # noqa: ANN401
    """End the instance."""
    door.execute(CancelInstance(instance_id, body["reason"]))
    return _now(instance_id)


@blueprint.post("/instances/<uuid:instance_id>/suspend")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200, shapes.Instance)
@door.for_people
def suspend(body: dict[str, Any], instance_id: UUID) -> Any:  # noqa: ANN401
    """Let nothing move in it for now."""
    door.execute(SuspendInstance(instance_id, body["reason"]))
    return _now(instance_id)


@blueprint.post("/instances/<uuid:instance_id>/resume")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200, shapes.Instance)
@door.for_people
def resume(body: dict[str, Any], instance_id: UUID) -> Any:  # noqa: ANN401
    """Let it move again."""
    door.execute(ResumeInstance(instance_id, body["reason"]))
    return _now(instance_id)


@blueprint.post("/instances/<uuid:instance_id>/restart")
@blueprint.arguments(shapes.Reason)
@blueprint.response(201, intervention_shapes.Restarted)
@door.for_people
def restart(body: dict[str, Any], instance_id: UUID) -> dict[str, UUID]:
    """End it, and begin its process again on the same case with the answers of before."""
    outcome = door.execute(RestartInstance(instance_id, body["reason"]))
    (restarted,) = outcome.of(InstanceRestarted)
    return {"id": restarted.new_instance_id, "restarted_from": instance_id}


@blueprint.post("/instances/<uuid:instance_id>/move-token")
@blueprint.arguments(intervention_shapes.MoveToken)
@blueprint.response(200, intervention_shapes.Moved)
@door.for_people
def move_token(body: dict[str, Any], instance_id: UUID) -> dict[str, Any]:
    """Move a token to another element; with `dry_run`, tell what would happen and do nothing."""
    here, person = guard.system(), guard.person()
    command = MoveToken(instance_id, body["from_"], body["to"], body["reason"], body["token"])
    with here.read() as connection:
        page = instance_page(connection, person, instance_id)
    dry = body["dry_run"]
    outcome = here.executor.foresee(command, person) if dry else door.execute(command)
    return {
        "id": instance_id,
        "active": _now(instance_id).active,
        "effects": foreseen.in_words(outcome.changes, page),
        "dry_run": dry,
    }


def _now(instance_id: UUID) -> instance_query.Instance:
    with guard.system().read() as connection:
        return instance_query.instance(connection, instance_id)
