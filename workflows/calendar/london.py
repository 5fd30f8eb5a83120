"""Moments and days in London: a deadline is met up to the end of its day there."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


def local_date(moment: dt.datetime) -> dt.date:
    """Return the date in London at a moment (aware)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(LONDON).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Return the first moment of a day in London, in UTC."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(dt.UTC)


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the first moment after a day in London, in UTC."""
    return start_of_day(day + dt.timedelta(days=1))
