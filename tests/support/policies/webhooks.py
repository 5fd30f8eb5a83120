"""Commands about tokens of the API and webhooks, and who may give them."""

from uuid import uuid4

from tests.support.policies.free import PEOPLE, TODAY
from tests.support.policies.situation import Make
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.change_webhook import ChangeWebhook
from workflows.commands.make_token import MakeToken
from workflows.commands.revoke_token import RevokeToken
from workflows.commands.rotate_webhook_secret import RotateWebhookSecret
from workflows.commands.send_delivery_again import SendDeliveryAgain
from workflows.commands.send_test_event import SendTestEvent
from workflows.commands.switch_webhook import SwitchWebhook
from workflows.webhooks.details import WebhookDetails

DETAILS = WebhookDetails("X", "https://hooks.example.org", ("case.opened",))

CASES: dict[str, tuple[Make, set[str]]] = {}
FREE: dict[str, tuple[object, set[str]]] = {
    "add webhook": (AddWebhook(DETAILS), {"admin"}),
    "change webhook": (ChangeWebhook(uuid4(), DETAILS), {"admin"}),
    "make token": (MakeToken("X", "read", TODAY), set(PEOPLE)),
    "revoke token": (RevokeToken("x"), set(PEOPLE)),
    "rotate webhook secret": (RotateWebhookSecret(uuid4()), {"admin"}),
    "send delivery again": (SendDeliveryAgain(uuid4(), "x"), {"admin"}),
    "send test event": (SendTestEvent(uuid4()), {"admin"}),
    "switch webhook": (SwitchWebhook(uuid4(), on=True), {"admin"}),
}
