"""Give a webhook another secret."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import administered, webhooks
from workflows.store.administered import Entry
from workflows.webhooks import signing

OVERLAP: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RotateWebhookSecret:
    """Sign with `secret` from now on, and for a day with the one before as well."""

    webhook_id: UUID
    secret: str = field(default_factory=signing.new_secret, repr=False)


def rotate_webhook_secret(command: RotateWebhookSecret, work: Work) -> None:
    """Change the secret; receivers have a day to take the new one.

    Raises:
        webhooks.NoSuchWebhook: there is none.
    """
    row = webhooks.lock(work.connection, command.webhook_id)
    webhooks.change(
        work.connection,
        row,
        secret=command.secret,
        secret_before=row.secret,
        secret_before_until=work.now + OVERLAP,
    )
    administered.enter(work, Entry("webhook", str(row.id), row.name, "given another secret"))
