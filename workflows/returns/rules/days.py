"""Dates of items, where they are dates."""

import datetime as dt

from workflows.returns.formats import is_date
from workflows.returns.model import Module


def day(module: Module | None, element: str) -> dt.date | None:
    """Return the date of an item, None where it is empty or no date."""
    text = module.text(element) if module else ""
    return dt.date.fromisoformat(text) if is_date(text) else None


def before(one: dt.date | None, other: dt.date | None) -> bool:
    """Tell whether a day lies before another, where both are known."""
    return one is not None and other is not None and one < other


def age(born: dt.date | None, on: dt.date) -> int | None:
    """Return the age in years on a day, None where it is not known."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
