"""Switch a webhook on or off."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import administered, webhooks
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class SwitchWebhook:
    """Switch a webhook on, or with `on=False` off."""

    webhook_id: UUID
    on: bool


def switch_webhook(command: SwitchWebhook, work: Work) -> None:
    """Switch it; while it is off nothing is queued for it, and what waits is given up.

    Raises:
        webhooks.NoSuchWebhook: there is none.
    """
    row = webhooks.lock(work.connection, command.webhook_id)
    state = webhooks.ON if command.on else webhooks.OFF
    if row.state == state:
        return
    webhooks.change(
        work.connection, row, state=state, off_reason="", failures=0, failing_since=None
    )
    kind = "switched on" if command.on else "switched off"
    administered.enter(work, Entry("webhook", str(row.id), row.name, kind))
