"""Webhooks with their deliveries, and API tokens."""

from typing import Any
from uuid import UUID

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import administration_shapes as shapes, door
from webapp.auth import guard
from webapp.settings import Settings
from workflows.access.people import ADMIN
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.change_webhook import ChangeWebhook
from workflows.commands.revoke_token import RevokeToken
from workflows.commands.rotate_webhook_secret import RotateWebhookSecret
from workflows.commands.send_delivery_again import SendDeliveryAgain
from workflows.commands.send_test_event import SendTestEvent
from workflows.commands.switch_webhook import SwitchWebhook
from workflows.policy.refusal import NotAllowed
from workflows.queries import delivery_log, token_list, webhook_list
from workflows.store import webhooks as store
from workflows.webhooks.details import WebhookDetails

blueprint = Blueprint("api_webhooks", __name__, description="Webhooks and API tokens")


@blueprint.get("/webhooks")
@blueprint.response(200, shapes.WebhookPage)
@door.for_people
def webhooks() -> dict[str, Any]:
    """List webhooks by name; never their secrets."""
    _refuse_others()
    with guard.system().read() as connection:
        return {"items": webhook_list.webhook_list(connection), "next_cursor": None}


@blueprint.post("/webhooks")
@blueprint.arguments(shapes.WebhookIn)
@blueprint.response(201, shapes.NewSecret)
@door.for_people
def add(body: dict[str, Any]) -> dict[str, Any]:
    """Add a webhook; the answer tells its secret, once."""
    command = AddWebhook(_details(body), _allowed())
    door.execute(command)
    return {"id": command.webhook_id, "secret": command.secret}


@blueprint.get("/webhooks/<uuid:webhook_id>")
@blueprint.response(200, shapes.Webhook)
@door.for_people
def webhook(webhook_id: UUID) -> Any:  # noqa: ANN401
    """Return a webhook."""
    _refuse_others()
    with guard.system().read() as connection:
        found = webhook_list.webhook_list(connection, webhook_id)
    if not found:
        raise store.NoSuchWebhook
    return found[0]


@blueprint.put("/webhooks/<uuid:webhook_id>")
@blueprint.arguments(shapes.WebhookIn)
@blueprint.response(200)
@door.for_people
def change(body: dict[str, Any], webhook_id: UUID) -> dict[str, str]:
    """Change where a webhook is sent, and of what."""
    door.execute(ChangeWebhook(webhook_id, _details(body), allowed=_allowed()))
    return {"id": str(webhook_id)}


@blueprint.post("/webhooks/<uuid:webhook_id>/switch")
@blueprint.arguments(shapes.Switch)
@blueprint.response(200)
@door.for_people
def switch(body: dict[str, Any], webhook_id: UUID) -> dict[str, Any]:
    """Switch a webhook on or off."""
    door.execute(SwitchWebhook(webhook_id, on=body["on"]))
    return {"id": str(webhook_id), "on": body["on"]}


@blueprint.post("/webhooks/<uuid:webhook_id>/secret")
@blueprint.response(200, shapes.NewSecret)
@door.for_people
def rotate(webhook_id: UUID) -> dict[str, Any]:
    """Give a webhook another secret; for a day, the one before signs too."""
    command = RotateWebhookSecret(webhook_id)
    door.execute(command)
    return {"id": webhook_id, "secret": command.secret}


@blueprint.post("/webhooks/<uuid:webhook_id>/test")
@blueprint.response(202)
@door.for_people
def test(webhook_id: UUID) -> dict[str, str]:
    """Send a test."""
    door.execute(SendTestEvent(webhook_id))
    return {"id": str(webhook_id)}


@blueprint.get("/webhooks/<uuid:webhook_id>/deliveries")
@blueprint.arguments(shapes.DeliveryQuery, location="query")
@blueprint.response(200, shapes.DeliveryPage)
@door.for_people
def deliveries(query: dict[str, Any], webhook_id: UUID) -> Any:  # noqa: ANN401
    """List what a webhook was sent, the newest first, with each attempt."""
    _refuse_others()
    with guard.system().read() as connection:
        return delivery_log.delivery_log(
            connection,
            webhook_id,
            only=query["status"],
            limit=query["limit"],
            cursor=query["cursor"],
        )


@blueprint.post("/webhooks/<uuid:webhook_id>/deliveries/<delivery>/again")
@blueprint.response(202)
@door.for_people
def again(webhook_id: UUID, delivery: str) -> dict[str, str]:
    """Send a delivery once more, under the same identifier."""
    door.execute(SendDeliveryAgain(webhook_id, delivery))
    return {"id": delivery}


@blueprint.get("/tokens")
@blueprint.response(200, shapes.TokenPage)
@door.for_people
def tokens() -> dict[str, Any]:
    """List one's own tokens; administrators: everybody's."""
    here, person = guard.system(), guard.person()
    whose = "" if ADMIN in person.roles else person.id
    with here.read() as connection:
        return {"items": token_list.token_list(connection, here.now(), whose), "next_cursor": None}


@blueprint.post("/tokens/<token_id>/revoke")
@blueprint.response(200)
@door.for_people
def revoke(token_id: str) -> dict[str, str]:
    """Revoke a token at once."""
    door.execute(RevokeToken(token_id))
    return {"id": token_id}


def _details(body: dict[str, Any]) -> WebhookDetails:
    return WebhookDetails(body["name"], body["address"], tuple(body["events"]), body["agency"])


def _allowed() -> frozenset[str]:
    settings: Settings = flask.current_app.extensions["settings"]
    return settings.webhook_test_hosts


def _refuse_others() -> None:
    if ADMIN not in guard.person().roles:
        raise NotAllowed("Only an administrator can do that.")
