"""Write down that a failed step could not even be tried again."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import retries


@dataclass(frozen=True, slots=True)
class SettleRetryItem:
    """Say that an item of `retry_id` is `gone` or `refused`, and why."""

    retry_id: UUID
    incident_id: UUID
    status: str
    message: str


def settle_retry_item(command: SettleRetryItem, work: Work) -> None:
    """Settle the item, unless another worker did."""
    if retries.lock_item(work.connection, command.retry_id, command.incident_id):
        outcome = (command.status, command.message)
        retries.settle(work.connection, command.retry_id, command.incident_id, outcome, work.now)
