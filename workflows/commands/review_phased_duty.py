"""Record that a duty of the authority was reviewed."""

import datetime as dt
from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.registers import load
from workflows.registers.model import State
from workflows.store import phased_duties
from workflows.store.entered import Entered


@dataclass(frozen=True, slots=True)
class ReviewPhasedDuty:
    """Record a review of `duty` on a day, with what was found; the next one follows by the interval."""

    duty: str
    on: dt.date
    state: str
    finding: str
    seen: int | None = None


def review_phased_duty(command: ReviewPhasedDuty, work: Work) -> None:
    """Record the review; a day that was set for it by hand has served its end.

    Raises:
        errors.NotFound: there is no such duty.
        errors.Invalid: the day lies ahead or before an earlier review, or something is missing.
        phased_duties.ChangedMeanwhile: a colleague was quicker.
    """
    today = london.local_date(work.now)
    load.current().duty(command.duty, today)
    if command.state not in set(State):
        raise errors.Invalid("There is no such state.", errors={"state": ("Select a state",)})
    if not command.finding.strip():
        raise errors.Invalid(
            "Say what the review found.", errors={"finding": ("Enter what the review found",)}
        )
    row = phased_duties.lock(
        work.connection, command.duty, now=work.now, by=work.actor.id, seen=command.seen
    )
    _refuse_day(command.on, today, row.last_reviewed)
    entered = Entered(
        work.now,
        work.actor.id,
        "reviewed",
        {
            "on": command.on.isoformat(),
            "state": command.state,
            "finding": command.finding.strip()[:5000],
        },
    )
    phased_duties.enter(
        work.connection,
        row,
        entered,
        {
            "last_reviewed": command.on,
            "state": command.state,
            "earlier_review": None,
            "earlier_reason": "",
        },
    )


def _refuse_day(on: dt.date, today: dt.date, last: dt.date | None) -> None:
    if on > today:
        message = "The day of the review must be today or in the past"
        raise errors.Invalid(f"{message}.", errors={"on": (message,)})
    if last is not None and on < last:
        message = f"A later review, on {last.day} {last:%B %Y}, is on record already"
        raise errors.Invalid(f"{message}.", errors={"on": (message,)})
