"""Tell the managers of a case in their next digest."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import reasons
from engine.unit_of_work import Work
from workflows import changes
from workflows.digests import recipients

SUBJECT: Final = "A case that was escalated by hand"  # the reason may name somebody


@dataclass(frozen=True, slots=True)
class TellManagers:
    """Tell the managers of `case_id`, with a reason."""

    case_id: UUID
    reason: str


def tell_managers(command: TellManagers, work: Work) -> None:
    """Put it on record, and into the next digest of the managers.

    Raises:
        errors.Invalid: no reason is given.
    """
    reason = reasons.given(command.reason)
    work.lock_subject(command.case_id)
    work.record(
        changes.ReminderSent(
            None,
            command.case_id,
            "escalate",
            "manager",
            reason[:200],
            subject=SUBJECT,
            recipients=(recipients.MANAGERS,),
        )
    )
