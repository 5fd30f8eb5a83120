"""The years of the return: census day, and the period that it looks back on."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine import errors

FILE: Final = Path(__file__).parent / "census.toml"


class UnknownYear(errors.NotFound):
    """The census day of that year is not known here yet. It comes with an update of ehcflow."""


@dataclass(frozen=True, slots=True)
class Census:
    """A year of the return.

    Attributes:
        year: The year in which the census day lies.
        day: On which plans are active or not.
        first_day, last_day: The calendar year before, in which all else happened.
        worked_on_until: After this day pages turn to the next year.
        source: Where the day was read.
    """

    year: int
    day: dt.date
    first_day: dt.date
    last_day: dt.date
    worked_on_until: dt.date
    source: str

    def covers(self, day: dt.date | None) -> bool:
        """Tell whether something of a day is within the period."""
        return day is not None and self.first_day <= day <= self.last_day


@lru_cache(maxsize=1)
def _document() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def years() -> Mapping[int, Census]:
    """Return the years that are known, the earliest first."""
    found = [
        Census(
            each["year"],
            each["census"],
            each["first_day"],
            each["last_day"],
            each["worked_on_until"],
            each["source"],
        )
        for each in _document()["years"]
    ]
    return {each.year: each for each in sorted(found, key=lambda each: each.year)}


def of(year: int) -> Census:
    """Return a year.

    Raises:
        UnknownYear: its census day is not known.
    """
    if year not in years():
        known = ", ".join(str(each) for each in years())
        raise UnknownYear(
            f"The census day of {year} is not known here. Returns can be made for {known}."
        )
    return years()[year]


def current(today: dt.date) -> Census:
    """Return the year that is worked on: the first whose day for turning has not passed."""
    return next(
        (each for each in years().values() if today <= each.worked_on_until),
        list(years().values())[-1],
    )


def long_weeks() -> int:
    """Return the weeks after which the published measure calls a plan very late."""
    return int(_document()["bands"]["long_weeks"])


def software() -> tuple[str, str, str]:
    """Return the code of the software, its release and the serial number for the header."""
    document = _document()
    return document["software"], document["release"], document["serial"]
