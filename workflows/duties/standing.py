"""How a time limit stands, in words: one answer for the board, the lists, the case page and the API.

There is no “paused”: the law lifts some limits, it does not stop the clock.
"""

import datetime as dt
from enum import StrEnum
from typing import Final, NamedTuple

from workflows.calendar.working_days import WorkingCalendar

# A limit is due soon while no more than so many working days are left: two weeks of work in which
# somebody can still act. The same for all limits, so that one day tells of every one of them.
SOON: Final = 10


class Standing(StrEnum):
    """How a time limit stands."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    AT_RISK = "at_risk"
    LATE = "late"
    LAWFUL_EXCEPTION = "lawful_exception"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    NO_LONGER_DUE = "no_longer_due"


WORDS: Final = {
    Standing.ON_TRACK: "On track",
    Standing.DUE_SOON: "Due soon",
    Standing.AT_RISK: "At risk",
    Standing.LATE: "Late",
    Standing.LAWFUL_EXCEPTION: "Lawful exception",
    Standing.DONE_ON_TIME: "Done on time",
    Standing.DONE_LATE: "Done late",
    Standing.NO_LONGER_DUE: "No longer due",
}
# What is still to be done, the most pressing first; and of it what has not passed its last day.
TO_DO: Final = (
    Standing.LATE,
    Standing.AT_RISK,
    Standing.DUE_SOON,
    Standing.ON_TRACK,
    Standing.LAWFUL_EXCEPTION,
)
DONE: Final = (Standing.DONE_ON_TIME, Standing.DONE_LATE)
_ENDED: Final = {
    "met": Standing.DONE_ON_TIME,
    "met_late": Standing.DONE_LATE,
    "void": Standing.NO_LONGER_DUE,
}


class Day(NamedTuple):
    """The day on which one looks, in London, and the last one that is soon."""

    today: dt.date
    soon: dt.date


def day_of(today: dt.date, calendar: WorkingCalendar) -> Day:
    """Return a day with what is soon on it."""
    return Day(today, calendar.add_working_days(today, SOON))


def standing(
    state: str,
    *,
    due: dt.date,
    excused: bool,
    right: bool,
    day: Day,
    at_risk: bool = False,
) -> Standing:
    """Return how a time limit stands on a day.

    Args:
        state: As it is kept: open, met, met_late or void.
        due: Its last day.
        excused: A lawful exception is on record.
        right: It is a right of the family: that it passes is no breach.
        day: On which one looks.
        at_risk: The forecast expects its case to be finished after its last day.
    """
    if state in _ENDED:
        return _ENDED[state]
    if due < day.today:
        if right:
            return Standing.NO_LONGER_DUE
        return Standing.LAWFUL_EXCEPTION if excused else Standing.LATE
    if at_risk and not excused and not right:
        return Standing.AT_RISK
    return Standing.DUE_SOON if due <= day.soon else Standing.ON_TRACK
