"""Send a webhook an event that nothing happened for."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import webhooks
from workflows.store.webhooks import Event
from workflows.webhooks import events


@dataclass(frozen=True, slots=True)
class SendTestEvent:
    """Queue a test for a webhook."""

    webhook_id: UUID


def send_test_event(command: SendTestEvent, work: Work) -> None:
    """Queue it; the log of deliveries shows what came of it.

    Raises:
        webhooks.NoSuchWebhook: there is none.
        errors.Conflict: it is switched off.
    """
    row = webhooks.lock(work.connection, command.webhook_id)
    if row.state != webhooks.ON:
        raise errors.Conflict("This webhook is switched off. Switch it on first.")
    told = [(row.id, Event(events.TEST, {"webhook_id": str(row.id)}))]
    webhooks.queue(work.connection, None, told, work.now)
