"""Move the dates of a case by some days, as the clock of London has them."""

import datetime as dt
import functools
import re
from typing import Final

from workflows.calendar import london

MOMENT: Final = (
    r"(?<![\w.:-])\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:\+00:00|Z)(?![\w:-])"
)
DATE: Final = r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])"
IS_MOMENT: Final = re.compile(MOMENT)
# What lies that far ahead does not follow from when the case came in: a birthday, the end of a stage.
HORIZON: Final = dt.timedelta(days=800)


@functools.lru_cache(maxsize=100_000)
def moved(day: dt.date, days: int, last: dt.date) -> dt.date:
    """Return a day so many days later; what lies after `last` stays."""
    return day + dt.timedelta(days=days) if day <= last else day


@functools.lru_cache(maxsize=100_000)
def moved_moment(moment: dt.datetime, days: int, last: dt.date) -> dt.datetime:
    """Return a moment so many days later at the same time of day in London, aware UTC."""
    local = moment.astimezone(london.LONDON)
    day = moved(local.date(), days, last)
    return dt.datetime.combine(day, local.time(), tzinfo=london.LONDON).astimezone(dt.UTC)


def moved_text(text: str, days: int, last: dt.date) -> str:
    """Return a date or a moment in its text so many days later."""
    if IS_MOMENT.fullmatch(text):
        return moved_moment(dt.datetime.fromisoformat(text), days, last).isoformat()
    try:
        return moved(dt.date.fromisoformat(text), days, last).isoformat()
    except ValueError:  # three numbers that are no date
        return text
