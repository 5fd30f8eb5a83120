"""Messages to whatever waits for them in a case."""

from typing import Any

from flask_smorest import Blueprint

from engine.changes import MessageDelivered
from engine.commands.deliver_message import DeliverMessage
from webapp.api.v1 import door, shapes

blueprint = Blueprint("api_messages", __name__, description="Messages")


@blueprint.post("/messages")
@blueprint.arguments(shapes.MessageIn)
@blueprint.response(200)
@door.for_people
def deliver(body: dict[str, Any]) -> dict[str, Any]:
    """Deliver a message; 409 when nothing waits for it."""
    outcome = door.execute(DeliverMessage(body["name"], body["case_id"], body["payload"]))
    return {"delivered": len(outcome.of(MessageDelivered))}
