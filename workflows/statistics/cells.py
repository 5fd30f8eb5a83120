"""What a cell of a published file says: a figure, or why there is none."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from workflows.statistics.measures import CALENDAR, Kind, Unit

# Signs that the Department for Education writes where it gives no figure, with what they mean.
MARKS: Final = {
    "x": "not available",
    "z": "not applicable",
    "c": "confidential: too few children",
    "low": "too small to show",
    "u": "not reliable",
    "k": "too small to show",
    ":": "not available",
    "..": "not available",
    "": "left empty",
}
_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,10})?")
_NEGATIVE_CODE: Final = re.compile(r"-[0-9]{1,3}")
_CALENDAR: Final = re.compile(r"[0-9]{4}")
_ACADEMIC: Final = re.compile(r"[0-9]{6}")
FIRST_YEAR: Final = 2000
WHOLE: Final = 100


class Wrong(Exception):
    """What is wrong with a cell, what was expected, and what to do."""

    def __init__(self, message: str, column: str = "time_period") -> None:
        """Take the message, and the column that it is about."""
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, None where there is none; `mark` is then the sign that stands there."""

    value: float | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The year of a figure: an academic year counts as the one in which it ends."""

    year: int
    words: str


def value_of(text: str, unit: Unit) -> Value:
    """Return what a cell says.

    Raises:
        Wrong: it is neither a figure nor a sign for a missing one.
    """
    sign = text.strip().lower().strip("[]")
    if sign in MARKS or _NEGATIVE_CODE.fullmatch(sign):
        return Value(None, sign)
    if not _NUMBER.fullmatch(sign):
        raise Wrong(_no_number(text, sign))
    number = float(sign)
    if unit == Unit.PERCENT and number > WHOLE:
        raise Wrong(
            f"“{text[:20]}” is no share: it must be from 0 to 100. Load the file as published"
        )
    if unit == Unit.NUMBER and number != int(number):
        raise Wrong(f"“{text[:20]}” counts no whole children or plans. Load the file as published")
    return Value(number)


def _no_number(text: str, sign: str) -> str:
    shown = f"“{text[:20]}” is no figure: a number such as 1234 or 47.7 was expected, or a sign"
    shown += " such as x where there is none"
    if "," in sign or "%" in sign or " " in sign or "e" in sign:
        return f"{shown}. A spreadsheet may have changed it. Load the file as published"
    return f"{shown}. Load the file as published"


def period_of(identifier: str, text: str, kind: Kind, today: dt.date) -> Period:
    """Return the year that a row is about.

    Raises:
        Wrong: it is written otherwise than in the file of this kind, or is not over yet.
    """
    if identifier.strip().lower() != kind.by.lower():
        raise Wrong(
            f"the file counts by “{identifier[:40]}”; “{kind.title}” is published by "
            f"{kind.by.lower()}. Load the file of the reporting year, as published"
        )
    if kind.by == CALENDAR:
        return _calendar_year(text.strip(), today)
    return _academic_year(text.strip(), today)


def _calendar_year(text: str, today: dt.date) -> Period:
    if not _CALENDAR.fullmatch(text):
        raise Wrong(f"“{text[:20]}” is no calendar year: one such as 2024 was expected")
    year = int(text)
    _refuse_other(year, text, today)
    return Period(year, text)


def _academic_year(text: str, today: dt.date) -> Period:
    if not _ACADEMIC.fullmatch(text) or (int(text[:4]) + 1) % 100 != int(text[4:]):
        raise Wrong(
            f"“{text[:20]}” is no academic year: one such as 202425, for 2024/25, was expected"
        )
    year = int(text[:4]) + 1
    _refuse_other(year, text, today)
    return Period(year, f"{text[:4]}/{text[4:]}")


def _refuse_other(year: int, text: str, today: dt.date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise Wrong(
            f"“{text[:20]}” is no year that statistics can be about: they begin with "
            f"{FIRST_YEAR} and end with {today.year}. Choose a file of another year"
        )
