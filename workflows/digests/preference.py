"""How often somebody wants the digest, and what that means for a day."""

import datetime as dt
from enum import StrEnum
from typing import Final

WEEKLY_ON: Final = 0  # Monday


class Frequency(StrEnum):
    """What people can choose."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class Covers(StrEnum):
    """What a digest tells of."""

    ALL = "all"
    ESCALATIONS = "escalations"
    NOTHING = "nothing"


def frequency_of(kept: object) -> Frequency:
    """Return the choice that is kept in a person's settings; daily where there is none."""
    return Frequency(kept) if isinstance(kept, str) and kept in set(Frequency) else Frequency.DAILY


def covers(frequency: Frequency, day: dt.date, *, is_manager: bool) -> Covers:
    """Return what somebody is told of on a day: escalations reach managers whatever they chose."""
    if frequency is Frequency.DAILY or (
        frequency is Frequency.WEEKLY and day.weekday() == WEEKLY_ON
    ):
        return Covers.ALL
    return Covers.ESCALATIONS if is_manager else Covers.NOTHING
