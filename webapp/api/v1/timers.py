"""Timers of the engine."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from engine.commands.cancel_timer import CancelTimer
from engine.commands.fire_timer import FireTimer
from engine.commands.reschedule_timer import RescheduleTimer
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.queries import engine_lists

blueprint = Blueprint("api_timers", __name__, description="Timers")


@blueprint.get("/timers")
@blueprint.arguments(shapes.Query, location="query")
@blueprint.response(200, shapes.TimerPage)
@door.for_people
def timers(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List timers that wait, the soonest first."""
    with guard.system().read() as connection:
        return engine_lists.timers_seen(
            connection, guard.person(), limit=query["limit"], cursor=query["cursor"]
        )


@blueprint.post("/timers/<uuid:timer_id>/fire")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200)
@door.for_people
def fire(body: dict[str, Any], timer_id: UUID) -> dict[str, str]:
    """Let a timer fire now; one that follows a statutory limit cannot be."""
    door.execute(FireTimer(timer_id, by_hand=True, reason=body["reason"]))
    return {"id": str(timer_id), "status": "fired"}


@blueprint.post("/timers/<uuid:timer_id>/cancel")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200)
@door.for_people
def cancel_timer(body: dict[str, Any], timer_id: UUID) -> dict[str, str]:
    """Let a timer fire no more; one that follows a statutory limit cannot be cancelled."""
    door.execute(CancelTimer(timer_id, body["reason"]))
    return {"id": str(timer_id), "status": "cancelled"}


@blueprint.post("/timers/<uuid:timer_id>/reschedule")
@blueprint.arguments(shapes.Reschedule)
@blueprint.response(200)
@door.for_people
def reschedule(body: dict[str, Any], timer_id: UUID) -> dict[str, str]:
    """Set a timer to another moment; one that follows a statutory limit cannot be."""
    door.execute(RescheduleTimer(timer_id, body["due"], body["reason"]))
    return {"id": str(timer_id), "due": body["due"].isoformat()}
