"""Dates as people read them: “23 November 2026”, “in 3 days”, “2 days late”."""

import datetime as dt

from workflows.calendar import london


def long_date(value: dt.date | dt.datetime | str | None) -> str:
    """Return a date in words, "" for none; a moment is shown as its date in London."""
    day = _day(value)
    return f"{day.day} {day:%B %Y}" if day else ""


def moment(value: dt.datetime | None) -> str:
    """Return a moment in words, in London time: “23 November 2026 at 9:30am”."""
    if value is None:
        return ""
    local = value.astimezone(london.LONDON)
    clock = f"{local:%I:%M%p}".lower().lstrip("0").replace(":00", "")
    return f"{long_date(value)} at {clock}"


def days_to_go(value: dt.date | dt.datetime | None, today: dt.date) -> str:
    """Return how far away a date is: “today”, “in 3 days”, “2 days late”."""
    day = _day(value)
    if day is None:
        return ""
    days = (day - today).days
    if days == 0:
        return "today"
    if days > 0:
        return "tomorrow" if days == 1 else f"in {days} days"
    return "1 day late" if days == -1 else f"{-days} days late"


def ago(value: dt.date | dt.datetime | None, today: dt.date) -> str:
    """Return how long ago a date was: “today”, “yesterday”, “5 days ago”."""
    day = _day(value)
    if day is None:
        return ""
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def age(born: dt.date, today: dt.date) -> int:
    """Return an age in whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _day(value: dt.date | dt.datetime | str | None) -> dt.date | None:
    if isinstance(value, str):
        value = dt.date.fromisoformat(value) if value else None
    if isinstance(value, dt.datetime):
        return london.local_date(value)
    return value
