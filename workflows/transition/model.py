"""Cohorts, kinds of setting and learners, as the transition plan has them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

YEAR_GROUPS: Final = range(-1, 15)  # Nursery to Year 14
SEPTEMBER: Final = 9  # the month in which a school year begins
POST_16_FROM: Final = 11  # whoever moves on at the end of this year group goes to post-16


class Kind(StrEnum):
    """What a learner holds from before September 2014."""

    STATEMENT = "statement"
    LDA = "lda"


KIND_NAMES: Final = {
    Kind.STATEMENT: "Statement of special educational needs",
    Kind.LDA: "Learning difficulty assessment",
}


class Rule(StrEnum):
    """What makes a learner one of a cohort."""

    POST_16_TRANSFER = "post_16_transfer"
    PHASE_TRANSFER = "phase_transfer"
    ENTERS_YEAR = "enters_year"
    IN_YEAR = "in_year"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class SettingKind:
    """A kind of setting. `leaves_after`: the last year group there, None where pupils stay on."""

    code: str
    title: str
    leaves_after: int | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Learners with the same window and the same last legal day.

    Attributes:
        code, title: What it is called.
        rule, year, year_group: Who is in it; `year` is that of the transfer or of the September.
        window_from, window_to: When their reviews are meant to be.
        last_day: The last day on which the review may be concluded.
        consider: The law asks to consider an assessment then, no more.
        verified: The source was read; else it is from memory.
    """

    code: str
    title: str
    kind: Kind
    rule: Rule
    year: int
    year_group: int
    window_from: dt.date
    window_to: dt.date
    last_day: dt.date
    source: str
    url: str
    consider: bool = False
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All cohorts in the order of the file, and the kinds of setting by code."""

    cohorts: tuple[Cohort, ...]
    settings: Mapping[str, SettingKind]

    def final(self, kind: Kind) -> Cohort:
        """Return the cohort of everyone else, whose last day none of a kind may pass."""
        return next(
            each for each in self.cohorts if each.kind == kind and each.rule == Rule.EVERYONE
        )


@dataclass(frozen=True, slots=True)
class Learner:
    """What the cohort of a learner depends on.

    Attributes:
        year_group: 0 is Reception, -1 Nursery.
        school_year: The year in which the school year began that `year_group` is of.
        leaves_in: The year in which the setting is left, where it is not the usual one.
    """

    kind: Kind
    year_group: int
    school_year: int
    setting_kind: str
    leaves_in: int | None = None

    def year_group_in(self, school_year: int) -> int:
        """Return the year group in a school year, by the year in which that begins."""
        return self.year_group + school_year - self.school_year


def school_year_of(day: dt.date) -> int:
    """Return the year in which the school year of a day began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def year_group_name(year_group: int) -> str:
    """Return a year group in words."""
    return {-1: "Nursery", 0: "Reception"}.get(year_group, f"Year {year_group}")


def school_year_name(school_year: int) -> str:
    """Return a school year in words: “2014 to 2015”."""
    return f"{school_year} to {school_year + 1}"
