"""Which days a closure can have: working days to come, named once."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from engine import errors
from workflows.calendar.working_days import WorkingCalendar

LONGEST: Final = 60  # days
FURTHEST: Final = 5  # years
NAME_LIMIT: Final = 200


def days_to_close(
    first: dt.date, last: dt.date, closed: Collection[dt.date], today: dt.date
) -> tuple[dt.date, ...]:
    """Return the working days of a period that is to be closed.

    Raises:
        errors.Invalid: it is not to come, too long, has closed days already, or no working day.
    """
    _refuse_period(first, last, today)
    period = _period(first, last)
    if set(period) & set(closed):
        words = "The authority is closed on some of these days already. Choose other days"
        raise errors.Invalid("The days overlap.", errors={"first": (words,)})
    found = tuple(day for day in period if WorkingCalendar().is_working_day(day))
    if not found:
        words = "These are weekends and bank holidays: nobody works on them anyway"
        raise errors.Invalid("There is no working day.", errors={"first": (words,)})
    return found


def days_to_open(
    first: dt.date, last: dt.date, closed: Collection[dt.date], today: dt.date
) -> tuple[dt.date, ...]:
    """Return the closures of a period that are to be taken out.

    Raises:
        errors.Invalid: it is not to come, or has no closure.
    """
    _refuse_period(first, last, today)
    found = tuple(day for day in _period(first, last) if day in closed)
    if not found:
        words = "The authority is not closed on these days"
        raise errors.Invalid("There is no closure.", errors={"first": (words,)})
    return found


def refuse_name(name: str) -> None:
    """Refuse a closure or term without a name.

    Raises:
        errors.Invalid: it is empty or too long.
    """
    if not 0 < len(name.strip()) <= NAME_LIMIT:
        words = f"Enter a name of at most {NAME_LIMIT} characters"
        raise errors.Invalid("There is no name.", errors={"name": (words,)})


def words(first: dt.date, last: dt.date) -> str:
    """Return a period in words, for the history."""
    told = f"{first.day} {first:%B %Y}"
    return told if first == last else f"{told} to {last.day} {last:%B %Y}"


def _refuse_period(first: dt.date, last: dt.date, today: dt.date) -> None:
    wrong: dict[str, tuple[str, ...]] = {}
    if first <= today:
        wrong["first"] = ("The first day must be after today: time limits have counted the past",)
    if last < first:
        wrong["last"] = ("The last day must not be before the first",)
    elif (last - first).days >= LONGEST:
        wrong["last"] = (f"Enter at most {LONGEST} days at once",)
    if first.year > today.year + FURTHEST:
        wrong["first"] = (f"Enter days of the next {FURTHEST} years",)
    if wrong:
        raise errors.Invalid("Check the days.", errors=wrong)


def _period(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(first + dt.timedelta(days=each) for each in range((last - first).days + 1))
