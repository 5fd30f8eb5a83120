"""Set the next review of a duty of the authority earlier than its interval would."""

import datetime as dt
from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.registers import load, reviews
from workflows.store import phased_duties
from workflows.store.entered import Entered


@dataclass(frozen=True, slots=True)
class BringDutyReviewForward:
    """Let the next review of `duty` be due on a day, for a reason."""

    duty: str
    on: dt.date
    reason: str
    seen: int | None = None


def bring_duty_review_forward(command: BringDutyReviewForward, work: Work) -> None:
    """Set the day.

    Raises:
        errors.NotFound: there is no such duty.
        errors.Invalid: the day has passed, or is no earlier than the interval's; or there is no reason.
        phased_duties.ChangedMeanwhile: a colleague was quicker.
    """
    today = london.local_date(work.now)
    duty = load.current().duty(command.duty, today)
    if not command.reason.strip():
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    row = phased_duties.lock(
        work.connection, command.duty, now=work.now, by=work.actor.id, seen=command.seen
    )
    regular = reviews.regular_review(duty, row.last_reviewed)
    if command.on < today:
        message = "The next review must be today or in the future"
        raise errors.Invalid(f"{message}.", errors={"on": (message,)})
    if command.on >= regular:
        message = f"A review is due on {regular.day} {regular:%B %Y} anyway. Set an earlier day"
        raise errors.Invalid(f"{message}.", errors={"on": (message,)})
    entered = Entered(
        work.now,
        work.actor.id,
        "brought_forward",
        {"on": command.on.isoformat(), "reason": command.reason.strip()[:1000]},
    )
    phased_duties.enter(
        work.connection,
        row,
        entered,
        {
            "earlier_review": command.on,
            "earlier_reason": command.reason.strip()[:1000],
        },
    )
