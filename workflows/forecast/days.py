"""Working days as numbers: where a date stands among them, and which date a number is."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workflows.calendar.working_days import WorkingCalendar

AHEAD: Final = dt.timedelta(days=6 * 365)  # what takes longer is cut off at its end
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days.

    Attributes:
        first: Ordinal of the first day.
        counted: For each day, how many working days there were up to and with it.
        working: The ordinal of each working day.
    """

    first: int
    counted: NDArray[np.int64]
    working: NDArray[np.int64]

    @classmethod
    def of(cls, begins: dt.date, today: dt.date, calendar: WorkingCalendar) -> "Days":
        """Return the days from a date to some years after today."""
        first, last = begins.toordinal(), (today + AHEAD).toordinal()
        works = np.array(
            [calendar.is_working_day(dt.date.fromordinal(day)) for day in range(first, last + 1)]
        )
        return cls(first, np.cumsum(works), first + np.flatnonzero(works))

    def place(self, day: dt.date) -> int:
        """Return how many working days there were up to and with a day."""
        at = min(max(day.toordinal() - self.first, 0), len(self.counted) - 1)
        return int(self.counted[at])

    def beginning(self, day: dt.date) -> int:
        """Return the place of a day, or of the first working day after it."""
        place = self.place(day)
        return place if self.working[max(place - 1, 0)] == day.toordinal() else place + 1

    def between(self, begin: dt.date, end: dt.date) -> int:
        """Return the working days after one day up to and with another."""
        return self.place(end) - self.place(begin)

    def ordinals(self, places: Numbers) -> NDArray[np.int64]:
        """Return the ordinal of the date of each place (finite); parts of a day count to that day."""
        at = np.clip(np.floor(places).astype(np.int64) - 1, 0, len(self.working) - 1)
        found: NDArray[np.int64] = self.working[at]
        return found

    def date(self, place: float) -> dt.date:
        """Return the date of a place."""
        return dt.date.fromordinal(int(self.ordinals(np.array([place]))[0]))

    def beginnings(self, ordinals: NDArray[np.int64]) -> Numbers:
        """Return the place of each day, or of the first working day after it."""
        at = np.clip(ordinals - self.first, 0, len(self.counted) - 1)
        places = self.counted[at]
        works = self.working[np.maximum(places - 1, 0)] == ordinals
        found: Numbers = (places + ~works).astype(np.float64)
        return found
