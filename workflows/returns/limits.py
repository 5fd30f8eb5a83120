"""Last days of the law, as the rulebook has them, for what the return measures."""

import datetime as dt
from functools import lru_cache

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import deadlines
from workflows.rulebook import load


@lru_cache(maxsize=4096)
def last_day(duty: str, begun: dt.date) -> dt.date:
    """Return the last day of a duty that runs from a day."""
    limit = load.current().newest(duty).limit
    return deadlines.last_day(limit, begun, WorkingCalendar())


def within(duty: str, begun: dt.date | None, ended: dt.date | None) -> bool | None:
    """Tell whether something ended within the time of a duty; None where a day is not known."""
    if begun is None or ended is None:
        return None
    return ended <= last_day(duty, begun)


def headline() -> str:
    """Return the duty by whose weeks plans are measured."""
    return load.current().headline
