"""Enter in the log what came of an attempt, and switch a webhook off that fails for long."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from engine import changes as engine_changes
from engine.unit_of_work import Work
from workflows.access import people
from workflows.store import administered, webhooks
from workflows.store.administered import Entry
from workflows.webhooks.sender import Attempt

OFF_AFTER_FAILURES: Final = 50  # attempts in a row, and
OFF_AFTER: Final = dt.timedelta(days=1)  # without a single success in this time
REASON: Final = "It failed for a day: {count} attempts, and none was taken."
TEXT: Final = """The webhook “{name}” was switched off, since its receiver took nothing for a day.

What happened meanwhile is in its log of deliveries, from which it can be sent again. Mend the receiver,
then switch the webhook on: Administration, Webhooks.
"""


@dataclass(frozen=True, slots=True)
class RecordDelivery:
    """Enter `attempt`."""

    attempt: Attempt


def record_delivery(command: RecordDelivery, work: Work) -> None:
    """Enter the attempt, and count failures in a row.

    Raises:
        webhooks.NoSuchWebhook: there is no such webhook.
    """
    attempt = command.attempt
    row = webhooks.lock(work.connection, attempt.webhook_id)
    webhooks.record_attempt(
        work.connection,
        {
            "webhook_id": row.id,
            "delivery": attempt.delivery,
            "at": work.now,
            "milliseconds": attempt.answer.milliseconds,
            "status": attempt.answer.status,
            "problem": attempt.answer.problem[:500],
        },
    )
    if attempt.answer.is_taken:
        if row.failures:
            webhooks.change(work.connection, row, failures=0, failing_since=None)
        return
    count, since = row.failures + 1, row.failing_since or work.now
    if row.state == webhooks.ON and count >= OFF_AFTER_FAILURES and work.now - since >= OFF_AFTER:
        _switch_off(row, count, work)
        return
    webhooks.change(work.connection, row, failures=count, failing_since=since)


def _switch_off(row: Any, count: int, work: Work) -> None:  # noqa: ANN401 (a row)
    reason = REASON.format(count=count)
    webhooks.change(
        work.connection,
        row,
        state=webhooks.OFF,
        off_reason=reason,
        failures=count,
        failing_since=row.failing_since,
    )
    administered.enter(
        work, Entry("webhook", str(row.id), row.name, "switched off by itself", (), reason)
    )
    for person_id, email in people.emails_of_role(work.connection, people.ADMIN):
        work.record(
            engine_changes.OutgoingQueued(
                None,
                "email",
                f"webhook-off:{row.id}:{row.revision}:{person_id}",
                {
                    "to": email,
                    "subject": "A webhook was switched off",
                    "text": TEXT.format(name=row.name),
                },
            )
        )
