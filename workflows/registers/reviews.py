"""When a duty of the authority is to be looked at again, and whom to tell by when."""

import datetime as dt
from enum import StrEnum
from typing import Final

from dateutil.relativedelta import relativedelta

from workflows.registers.model import PhasedDuty

REMIND_BEFORE: Final = relativedelta(months=1)
ONE_DAY: Final = dt.timedelta(days=1)


class Timer(StrEnum):
    """How a review stands."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    LATE = "late"


class Kind(StrEnum):
    """What is said about a review: before it, or after it was missed."""

    REMINDER = "reminder"
    ESCALATION = "escalation"


TIMER_NAMES: Final = {
    Timer.ON_TRACK: "On track",
    Timer.DUE_SOON: "Due soon",
    Timer.LATE: "Late",
}
KIND_NAMES: Final = {Kind.REMINDER: "Reminder", Kind.ESCALATION: "Escalation"}


def regular_review(duty: PhasedDuty, last_reviewed: dt.date | None) -> dt.date:
    """Return when the interval brings the next review.

    What was never reviewed is due when it was to be in place first; where no day is named for that,
    one interval after the duty came into force.
    """
    if last_reviewed is not None:
        return last_reviewed + relativedelta(months=duty.review_months)
    if duty.first_due is not None:
        return duty.first_due
    return duty.in_force_from + relativedelta(months=duty.review_months)


def next_review(
    duty: PhasedDuty, last_reviewed: dt.date | None, earlier: dt.date | None
) -> dt.date:
    """Return the next review; a day that somebody has set counts where it is the earlier one."""
    regular = regular_review(duty, last_reviewed)
    return regular if earlier is None else min(regular, earlier)


def timer(review: dt.date, today: dt.date) -> Timer:
    """Return how a review stands on a day: it is due soon from a month before on."""
    if today > review:
        return Timer.LATE
    return Timer.DUE_SOON if today >= review - REMIND_BEFORE else Timer.ON_TRACK


def wanted(review: dt.date, today: dt.date) -> Kind | None:
    """Return what is to be said by a day: a reminder a month before, an escalation the day after.

    Of a review that was missed before anybody was reminded, the escalation alone is said.
    """
    if today >= review + ONE_DAY:
        return Kind.ESCALATION
    return Kind.REMINDER if today >= review - REMIND_BEFORE else None
