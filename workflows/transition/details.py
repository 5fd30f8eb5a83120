"""What is entered about a learner, and what can be wrong with it."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workflows.store import search
from workflows.transition import load
from workflows.transition.model import YEAR_GROUPS, Kind, Learner

NAME_LIMIT: Final = 100  # characters
SETTING_LIMIT: Final = 200  # characters
EARLIEST_BIRTH: Final = dt.date(1985, 1, 1)  # nobody born before could hold one in 2014
FIRST_SCHOOL_YEAR: Final = 2013
LAST_SCHOOL_YEAR: Final = 2035
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class LearnerDetails:
    """A learner as entered. `setting_id` is "" for a setting that is not in the directory."""

    first_name: str
    last_name: str
    date_of_birth: dt.date
    kind: str
    year_group: int
    school_year: int
    setting_kind: str
    setting_id: str = ""
    setting_name: str = ""
    leaves_in: int | None = None
    statement_date: dt.date | None = None

    @property
    def identity(self) -> str:
        """What is the same for two entries of one learner."""
        name = search.fold(f"{self.first_name} {self.last_name}")
        return f"{name}|{self.date_of_birth.isoformat()}|{self.kind}"[:300]

    @property
    def learner(self) -> Learner:
        """What the cohort depends on."""
        return Learner(
            Kind(self.kind), self.year_group, self.school_year, self.setting_kind, self.leaves_in
        )


def faults(details: LearnerDetails, today: dt.date) -> Mapping[str, str]:
    """Return what is wrong with an entry: field to message."""
    found = {
        "first_name": _name(details.first_name, "first name"),
        "last_name": _name(details.last_name, "last name"),
        "date_of_birth": _born(details.date_of_birth, today),
        "kind": "" if details.kind in set(Kind) else "Select a statement or an assessment",
        "year_group": "" if details.year_group in YEAR_GROUPS else "Select a year group",
        "school_year": ""
        if FIRST_SCHOOL_YEAR <= details.school_year <= LAST_SCHOOL_YEAR
        else f"The school year must begin from {FIRST_SCHOOL_YEAR} to {LAST_SCHOOL_YEAR}",
        "setting_kind": ""
        if details.setting_kind in load.current().settings
        else "Select a kind of setting",
        "setting_name": _setting(details.setting_name),
        "leaves_in": _leaves(details),
        "statement_date": _stated(details, today),
    }
    return {field: message for field, message in found.items() if message}


def _name(name: str, what: str) -> str:
    if not name.strip():
        return f"Enter the {what}"
    if len(name) > NAME_LIMIT:
        return f"The {what} must be {NAME_LIMIT} characters or fewer"
    return f"The {what} has signs that cannot be shown" if _CONTROL.search(name) else ""


def _setting(name: str) -> str:
    if len(name) > SETTING_LIMIT:
        return f"The setting must be {SETTING_LIMIT} characters or fewer"
    return "The setting has signs that cannot be shown" if _CONTROL.search(name) else ""


def _born(born: dt.date, today: dt.date) -> str:
    if born > today:
        return "The date of birth must be in the past"
    return (
        f"The date of birth must be after {EARLIEST_BIRTH.year - 1}"
        if born < EARLIEST_BIRTH
        else ""
    )


def _leaves(details: LearnerDetails) -> str:
    if details.leaves_in is None or details.leaves_in > details.school_year:
        return ""
    return f"The year of leaving must be after {details.school_year}"


def _stated(details: LearnerDetails, today: dt.date) -> str:
    if details.statement_date is None:
        return ""
    if details.statement_date > today:
        return "The date of the statement must be today or in the past"
    if details.statement_date < details.date_of_birth:
        return "The date of the statement lies before the date of birth"
    return ""
