"""Working days: not Saturdays, Sundays, bank holidays of England, or local closures.

Source: SEND Regulations 2014, reg 2 (definition; wording unverified); Banking and Financial
Dealings Act 1971.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import holidays

SATURDAY: Final = 5
ONE_DAY: Final = dt.timedelta(days=1)


@lru_cache(maxsize=200)
def bank_holidays(year: int) -> frozenset[dt.date]:
    """Return the bank holidays of England in a year."""
    return frozenset(holidays.UK(subdiv="ENG", years=year))  # type: ignore[attr-defined]


def bank_holiday_names(year: int) -> dict[dt.date, str]:
    """Return the bank holidays of England in a year with their names, in order."""
    found = holidays.UK(subdiv="ENG", years=year)  # type: ignore[attr-defined]
    return {day: str(found[day]).replace("'", "’") for day in sorted(found)}


@dataclass(frozen=True, slots=True)
class YearlyPeriod:
    """Days of every year, month and day of the first and the last; it may go over the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether a day lies in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Counts working days.

    Attributes:
        closures: Days on which this authority is closed besides.
        closed: Parts of every year that do not count, as August does not before the Tribunal.
    """

    closures: frozenset[dt.date] = field(default_factory=frozenset)
    closed: tuple[YearlyPeriod, ...] = ()

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether people work on a day."""
        return (
            day.weekday() < SATURDAY
            and day not in bank_holidays(day.year)
            and day not in self.closures
            and not any(day in period for period in self.closed)
        )

    def on_or_after(self, day: dt.date) -> dt.date:
        """Return a day, or the first working day after it where it is none."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the working day that is `count` working days after a day, which is not counted."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_working_day(day)
        return day

    def add_working_days_inclusive(self, day: dt.date, count: int) -> dt.date:
        """Return the last of `count` working days that begin with a day."""
        return self.add_working_days(day - ONE_DAY, count)
