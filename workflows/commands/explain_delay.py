"""Say why a time limit was not kept."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.context import case_of
from workflows.duties import delays
from workflows.duties.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class ExplainDelay:
    """Give `reason` (a code of `duties.delays`) for the lateness of `duty` in a case."""

    case_id: UUID
    duty: str
    reason: str
    detail: str = ""
    qualifier: str = ""


class NotLate(errors.Conflict):
    """This time limit was kept, or has not passed yet: there is no delay to explain."""


def explain_delay(command: ExplainDelay, work: Work) -> None:
    """Record the reason; a later one for the same limit replaces it.

    Raises:
        errors.Invalid: there is no such reason, or another reason is not told.
        NotLate: there is nothing to explain.
    """
    if command.reason not in delays.CODES:
        raise errors.Invalid(
            "There is no such reason for a delay.", errors={"reason": ("Select a reason",)}
        )
    if command.reason == "other" and not command.detail.strip():
        raise errors.Invalid(
            "Say what the other reason was.", errors={"detail": ("Enter the reason",)}
        )
    work.lock_subject(command.case_id)
    context = case_of(work, command.case_id)
    if not any(_is_late(each, command, context.today) for each in context.deadlines()):
        raise NotLate
    work.record(
        changes.DelayExplained(
            None,
            command.case_id,
            command.duty,
            command.qualifier,
            command.reason,
            command.detail.strip()[:1000],
        )
    )


def _is_late(deadline: Deadline, command: ExplainDelay, today: dt.date) -> bool:
    if (deadline.duty.code, deadline.qualifier) != (command.duty, command.qualifier):
        return False
    return deadline.voided is None and (deadline.met or today) > deadline.due
