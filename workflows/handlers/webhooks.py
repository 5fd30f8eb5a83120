"""What is done with tokens of the API and webhooks."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.add_webhook import AddWebhook, add_webhook
from workflows.commands.change_webhook import ChangeWebhook, change_webhook
from workflows.commands.make_token import MakeToken, make_token
from workflows.commands.record_delivery import RecordDelivery, record_delivery
from workflows.commands.revoke_token import RevokeToken, revoke_token
from workflows.commands.rotate_webhook_secret import RotateWebhookSecret, rotate_webhook_secret
from workflows.commands.send_delivery_again import SendDeliveryAgain, send_delivery_again
from workflows.commands.send_test_event import SendTestEvent, send_test_event
from workflows.commands.switch_webhook import SwitchWebhook, switch_webhook

HANDLERS: Final[Mapping[type, Handler]] = {
    AddWebhook: add_webhook,
    ChangeWebhook: change_webhook,
    MakeToken: make_token,
    RecordDelivery: record_delivery,
    RevokeToken: revoke_token,
    RotateWebhookSecret: rotate_webhook_secret,
    SendDeliveryAgain: send_delivery_again,
    SendTestEvent: send_test_event,
    SwitchWebhook: switch_webhook,
}
