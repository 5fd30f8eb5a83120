"""Who may do what about tokens of the API and webhooks."""

from collections.abc import Mapping
from typing import Final

from engine.unit_of_work import Work
from workflows.access.people import ADMIN, Person
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.change_webhook import ChangeWebhook
from workflows.commands.make_token import MakeToken
from workflows.commands.revoke_token import RevokeToken
from workflows.commands.rotate_webhook_secret import RotateWebhookSecret
from workflows.commands.send_delivery_again import SendDeliveryAgain
from workflows.commands.send_test_event import SendTestEvent
from workflows.commands.switch_webhook import SwitchWebhook
from workflows.policy import whom
from workflows.policy.whom import Rule

_administrators: Final = whom.only(ADMIN, words="Only an administrator can do that.")


def _oneself(command: object, person: Person, work: Work) -> None:
    """Let anybody: a token acts as whoever made it, and only their own can be taken away."""
    del command, person, work


RULES: Final[Mapping[type, Rule]] = {
    AddWebhook: _administrators,
    ChangeWebhook: _administrators,
    MakeToken: _oneself,
    RevokeToken: _oneself,
    RotateWebhookSecret: _administrators,
    SendDeliveryAgain: _administrators,
    SendTestEvent: _administrators,
    SwitchWebhook: _administrators,
}
