"""End a process instance."""

from dataclasses import dataclass
from uuid import UUID

from engine import reasons
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class CancelInstance:
    """End `instance_id`, with a reason."""

    instance_id: UUID
    reason: str


def cancel_instance(command: CancelInstance, work: Work) -> None:
    """End the instance; its tasks, timers and waits are wanted no more.

    Raises:
        errors.Invalid: no reason is given.
        unit_of_work.Ended: it has ended.
    """
    reason = reasons.given(command.reason)
    run = work.run_of(command.instance_id)
    run.cancel(reason)
    work.collect(run)
