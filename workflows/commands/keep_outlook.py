"""Keep what is expected of the plans issued in a month, as it is seen today."""

import datetime as dt
from dataclasses import asdict, dataclass

from engine.unit_of_work import Work
from workflows.store import forecasts


@dataclass(frozen=True, slots=True)
class KeepOutlook:
    """What was issued in a month so far, and what is still expected.

    Attributes:
        made_on: The day in London.
        month: Its first day.
        in_time, late: Plans issued so far.
        expected_in_time, expected_late: Plans that will be, on average over the draws.
    """

    made_on: dt.date
    month: dt.date
    in_time: int
    late: int
    expected_in_time: float
    expected_late: float


def keep_outlook(command: KeepOutlook, work: Work) -> None:
    """Keep it in place of what was expected earlier on the same day."""
    forecasts.keep_outlook(work.connection, asdict(command))
