"""Let nothing move in an instance for now."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes, reasons
from engine.unit_of_work import Ended, Work


@dataclass(frozen=True, slots=True)
class SuspendInstance:
    """Suspend `instance_id`, with a reason."""

    instance_id: UUID
    reason: str


def suspend_instance(command: SuspendInstance, work: Work) -> None:
    """Suspend the instance: no task of it completes and no timer fires. Statutory time runs on.

    Raises:
        errors.Invalid: no reason is given.
        Ended: it has ended.
    """
    reason = reasons.given(command.reason)
    row = work.instance(command.instance_id)
    if row.status not in {"active", "suspended"}:
        raise Ended
    if row.status == "active":
        work.record(changes.InstanceSuspended(row.id, reason))
