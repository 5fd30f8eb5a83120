"""Change where a webhook is sent, and of what."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import administered, webhooks
from workflows.store.administered import Entry
from workflows.webhooks.details import WebhookDetails


@dataclass(frozen=True, slots=True)
class ChangeWebhook:
    """Let a webhook be as `details` say; `seen`: the revision that was looked at.

    `allowed`: hosts of tests that may stand inside, see `addresses.parse`.
    """

    webhook_id: UUID
    details: WebhookDetails
    seen: int | None = None
    allowed: frozenset[str] = frozenset()


def change_webhook(command: ChangeWebhook, work: Work) -> None:
    """Change the webhook; what waits for it goes to the new address.

    Raises:
        webhooks.NoSuchWebhook, webhooks.ChangedMeanwhile: it is not there as it was seen.
        errors.Invalid: naming each field that is wrong.
    """
    details = command.details
    details.refuse_wrong(command.allowed)
    row = webhooks.lock(work.connection, command.webhook_id, command.seen)
    before = WebhookDetails(row.name, row.address, tuple(row.events), row.agency_id)
    changes = administered.differences(before.words(), details.words())
    if not changes:
        return
    webhooks.change(
        work.connection,
        row,
        name=details.name.strip(),
        address=details.address.strip(),
        events=sorted(details.events),
        agency_id=details.agency_id,
    )
    administered.enter(work, Entry("webhook", str(row.id), details.name, "changed", changes))
