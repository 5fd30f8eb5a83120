"""Process instances."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from engine.commands.cancel_instance import CancelInstance
from engine.commands.resume_instance import ResumeInstance
from engine.commands.suspend_instance import SuspendInstance
from engine.queries import history, instance as instance_query
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.access import record
from workflows.queries import engine_lists

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


def _now(instance_id: UUID) -> instance_query.Instance:
    with guard.system().read() as connection:
        return instance_query.instance(connection, instance_id)
