"""Send a delivery once more."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import webhooks


@dataclass(frozen=True, slots=True)
class SendDeliveryAgain:
    """Queue `delivery` of a webhook again, under the same identifier."""

    webhook_id: UUID
    delivery: str


def send_delivery_again(command: SendDeliveryAgain, work: Work) -> None:
    """Queue it; a receiver that has it already knows it by its identifier.

    Raises:
        webhooks.NoSuchWebhook: there is no such webhook.
        errors.Conflict: the webhook is off; or the delivery is none of it, or waits still.
    """
    row = webhooks.lock(work.connection, command.webhook_id)
    if row.state != webhooks.ON:
        raise errors.Conflict("This webhook is switched off. Switch it on first.")
    if not webhooks.send_again(work.connection, row.id, command.delivery, work.now):
        raise errors.Conflict("There is no such delivery, or it waits to be sent already.")
