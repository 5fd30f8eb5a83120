"""The end of compulsory school age.

Source: Education Act 1996, section 8; Education (School Leaving Date) Order 1997: the last Friday in
June of the school year in which somebody turns 16.
"""

import datetime as dt
from typing import Final

AGE: Final = 16
SEPTEMBER: Final = 9
FRIDAY: Final = 4


def date_for(born: dt.date) -> dt.date:
    """Return the day on which compulsory school age ends for somebody born on a day."""
    year = born.year + AGE + (born.month >= SEPTEMBER)
    last = dt.date(year, 6, 30)
    return last - dt.timedelta(days=(last.weekday() - FRIDAY) % 7)
