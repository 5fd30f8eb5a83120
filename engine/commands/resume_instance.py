"""Let a suspended instance move again."""

from dataclasses import dataclass
from uuid import UUID

from engine import changes, errors
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class ResumeInstance:
    """Resume `instance_id`, with a reason."""

    instance_id: UUID
    reason: str


class NotSuspended(errors.Conflict):
    """The process is not suspended."""


def resume_instance(command: ResumeInstance, work: Work) -> None:
    """Resume the instance; timers that fell due meanwhile fire now, late.

    Raises:
        NotSuspended: it is not suspended.
    """
    row = work.instance(command.instance_id)
    if row.status != "suspended":
        raise NotSuspended
    work.record(changes.InstanceResumed(row.id, command.reason[:500]))
