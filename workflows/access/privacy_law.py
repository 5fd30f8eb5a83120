"""What the law of data protection says about time, as data: `privacy.toml`."""

import calendar
import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from workflows.calendar.working_days import WorkingCalendar

FILE: Final = Path(__file__).parent / "privacy.toml"
MONTHS_OF_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Common:
    """A retention rule that is common: the outcome of a case, from which event, and how long."""

    kind: str
    event: str
    years: int
    source: str


@dataclass(frozen=True, slots=True)
class PrivacyLaw:
    """How long there is to answer a subject access request, why, and what rules are common."""

    months: int
    source: str
    common: tuple[Common, ...]


@lru_cache(maxsize=1)
def current() -> PrivacyLaw:
    """Return what comes with this version."""
    document = tomllib.loads(FILE.read_text())
    access = document["subject_access"]
    return PrivacyLaw(
        access["months"],
        access["source"],
        tuple(Common(**each) for each in document["common"]),
    )


def answer_by(received: dt.date, working: WorkingCalendar) -> dt.date:
    """Return the last day to answer a request: the same day of the month, or the month's last.

    Source: UK GDPR Art 12(3); ICO, how long do we have to comply.
    """
    month = received.month - 1 + current().months
    year, month = received.year + month // MONTHS_OF_YEAR, month % MONTHS_OF_YEAR + 1
    last = calendar.monthrange(year, month)[1]
    return working.on_or_after(dt.date(year, month, min(received.day, last)))
