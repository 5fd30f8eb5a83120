"""What a manager does with a whole process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import errors
from engine.commands.cancel_instance import CancelInstance
from engine.commands.restart_instance import RestartInstance
from engine.commands.resume_instance import ResumeInstance
from engine.commands.suspend_instance import SuspendInstance


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its address, its words, and the command that it becomes with a reason.

    Attributes:
        statuses: Of processes that it is offered for.
        shows_effects: What it would do is shown before.
        warns: It cannot be undone.
    """

    slug: str
    title: str
    lead: str
    button: str
    done: str
    make: Callable[[UUID, str], object]
    statuses: frozenset[str]
    shows_effects: bool = False
    warns: bool = False

    def command(self, instance_id: UUID, reason: str) -> object:
        """Return the command.

        Raises:
            errors.Invalid: no reason is given.
        """
        if not reason:
            raise errors.Invalid("Give a reason.", errors={"reason": ("Enter a reason",)})
        return self.make(instance_id, reason)


_ACTIVE: Final = frozenset({"active"})
SUSPEND: Final = Action(
    "suspend",
    "Suspend the process",
    "No task of it can be completed and no timer fires until it is resumed. Statutory time runs on: "
    "the law does not stop the clock.",
    "Suspend the process",
    "The process is suspended.",
    SuspendInstance,
    _ACTIVE,
)
RESUME: Final = Action(
    "resume",
    "Resume the process",
    "Tasks can be completed again. Timers that fell due meanwhile fire now, late.",
    "Resume the process",
    "The process goes on.",
    ResumeInstance,
    frozenset({"suspended"}),
)
RESTART: Final = Action(
    "restart",
    "Restart the process",
    "This process ends, and the live version of it begins again on the same case with the answers "
    "that it began with. Dates that were corrected since are taken as they are now. What is on "
    "record stays: facts, documents, notices and decisions. Duties that were met stay met; those "
    "that are open run on with the same last day.",
    "Restart the process",
    "The process has begun again.",
    RestartInstance,
    _ACTIVE,
    shows_effects=True,
    warns=True,
)
CANCEL: Final = Action(
    "cancel",
    "Cancel the process",
    "The process ends for good. What is on record stays; duties that are open stay open.",
    "Cancel the process",
    "The process is cancelled.",
    CancelInstance,
    _ACTIVE,
    shows_effects=True,
    warns=True,
)
ALL: Final = (SUSPEND, RESUME, RESTART, CANCEL)


def offered(status: str) -> list[tuple[str, str]]:
    """Return address and title of what can be done with a process of a status."""
    found = [(each.slug, each.title) for each in ALL if status in each.statuses]
    return [("move", "Move to another step"), *found] if status == "active" else found
