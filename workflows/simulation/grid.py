"""Time in quarters of a day: work is done in those of working days, timers fire on any day."""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar

QUARTERS: Final = 4
_HOURS: Final = (9, 11, 13, 15)  # when each quarter begins
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts ticks, quarters of a calendar day from the first day on.

    Attributes:
        begins: The first day.
        weeks: How many weeks there are.
        working: Numbers of the working days, counted from the first day.
    """

    begins: dt.date
    weeks: int
    working: tuple[int, ...] = field(default=())

    @classmethod
    def of(cls, begins: dt.date, weeks: int, calendar: WorkingCalendar) -> "Grid":
        """Return the grid of so many weeks."""
        days = range(weeks * _WEEK)
        return cls(
            begins,
            weeks,
            tuple(n for n in days if calendar.is_working_day(begins + dt.timedelta(days=n))),
        )

    @property
    def end(self) -> int:
        """The first tick that is no more."""
        return self.weeks * _WEEK * QUARTERS

    def day(self, tick: int) -> dt.date:
        """Return the date of a tick."""
        return self.begins + dt.timedelta(days=tick // QUARTERS)

    def moment(self, tick: int) -> dt.datetime:
        """Return when a tick begins, in UTC."""
        at = dt.time(_HOURS[tick % QUARTERS], tzinfo=london.LONDON)
        return dt.datetime.combine(self.day(tick), at).astimezone(dt.UTC)

    def tick_of(self, moment: dt.datetime) -> int:
        """Return the first tick that does not begin before a moment."""
        local = moment.astimezone(london.LONDON)
        number = (local.date() - self.begins).days
        at = (local.hour, local.minute, local.second, local.microsecond)
        quarter = bisect_left([(hour, 0, 0, 0) for hour in _HOURS], at)
        return max(0, number * QUARTERS + quarter)

    def worked(self, tick: int) -> int:
        """Return how many quarters of working days lie before a tick."""
        number, quarter = divmod(tick, QUARTERS)
        before = bisect_left(self.working, number)
        is_working = before < len(self.working) and self.working[before] == number
        return before * QUARTERS + (quarter if is_working else 0)

    def at_work(self, worked: int) -> int:
        """Return the tick that has so many quarters of working days before it; the end, if none."""
        number, quarter = divmod(worked, QUARTERS)
        if number >= len(self.working):
            return self.end
        return self.working[number] * QUARTERS + quarter

    def week(self, tick: int) -> int:
        """Return the number of the week of a tick, from 0."""
        return tick // (QUARTERS * _WEEK)
