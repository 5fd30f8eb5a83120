"""Let another program be told of events."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.store import administered, organisation, webhooks
from workflows.store.administered import Entry
from workflows.webhooks import signing
from workflows.webhooks.details import WebhookDetails


@dataclass(frozen=True, slots=True)
class AddWebhook:
    """Add a webhook. `allowed`: hosts of tests that may stand inside, see `addresses.parse`."""

    details: WebhookDetails
    allowed: frozenset[str] = frozenset()
    webhook_id: UUID = field(default_factory=uuid4)
    secret: str = field(default_factory=signing.new_secret, repr=False)


def add_webhook(command: AddWebhook, work: Work) -> None:
    """Keep the webhook; its secret is shown once, by whoever gave the command.

    Raises:
        errors.Invalid: naming each field that is wrong.
    """
    details = command.details
    details.refuse_wrong(command.allowed)
    if details.agency_id:
        try:
            organisation.agency(work.connection, details.agency_id)
        except organisation.NoSuchAgency as refusal:
            words = ("Select an agency",)
            raise errors.Invalid(refusal.message, errors={"agency_id": words}) from refusal
    webhooks.add(
        work.connection,
        {
            "id": command.webhook_id,
            "name": details.name.strip(),
            "address": details.address.strip(),
            "events": sorted(details.events),
            "agency_id": details.agency_id,
            "secret": command.secret,
            "made_at": work.now,
            "made_by": work.actor.id,
        },
    )
    changes = administered.differences({}, details.words())
    administered.enter(
        work, Entry("webhook", str(command.webhook_id), details.name, "added", changes)
    )
