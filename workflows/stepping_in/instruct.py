"""Turn an item of a batch into the command that does it, or undoes it."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.release_task import ReleaseTask
from engine.commands.resume_instance import ResumeInstance
from engine.commands.retry_incident import RetryIncident
from engine.commands.suspend_instance import SuspendInstance
from workflows.batches.operation import Operation
from workflows.commands.tell_managers import TellManagers

Make = Callable[[UUID, str], object]
# The command of an operation, of what it is done to and why; giving tasks away also says to whom.
_MADE: Final[Mapping[Operation, Make]] = {
    Operation.RELEASE: ReleaseTask,
    Operation.SUSPEND: SuspendInstance,
    Operation.RESUME: ResumeInstance,
    Operation.CANCEL: CancelInstance,
    Operation.ESCALATE: TellManagers,
    Operation.RETRY: lambda target, _: RetryIncident(target),
}


def command_for(batch: Any, item: Any) -> object:  # noqa: ANN401 (rows)
    """Return the command that does to an item what its batch is for."""
    operation = Operation(batch.operation)
    if operation is not Operation.REASSIGN:
        return _MADE[operation](item.target_id, batch.reason)
    if not item.assignee:
        return ReleaseTask(item.target_id, batch.reason)
    return AssignTask(item.target_id, item.assignee, batch.reason)


def command_back(batch: Any, item: Any) -> object:  # noqa: ANN401 (rows)
    """Return the command that brings an item back to how it was before.

    What goes back to somebody goes to them in person, even while they are away.
    """
    target, reason = item.target_id, f"Undone: {batch.reason}"[:500]
    match Operation(batch.operation):
        case Operation.SUSPEND:
            return ResumeInstance(target, reason)
        case Operation.RESUME:
            return SuspendInstance(target, reason)
        case _:
            if not item.before:
                return ReleaseTask(target, reason)
            return AssignTask(target, item.before, reason, in_person=True)
