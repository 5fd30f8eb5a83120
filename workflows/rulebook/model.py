"""Duties, limits, grounds and facts, as the rulebook has them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.calendar.working_days import YearlyPeriod


class Unit(StrEnum):
    """What a limit counts."""

    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    DATE = "date"


class RulebookError(Exception):
    """The rulebook is wrong: which entry, which field, and why."""


class UnknownDuty(KeyError):
    """The rulebook has no such duty at that date."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long there is.

    Attributes:
        count: How many; of a date, how many calendar years after that of the day it runs from.
        inclusive: The day it runs from is the first ("beginning with").
        before: It ends that long before its day ("at least two weeks before").
        month, day: Of a date, its last day in a calendar year.
        year: Of a date that is fixed once and for all, its year.
    """

    count: int
    unit: Unit
    inclusive: bool = False
    before: bool = False
    month: int = 0
    day: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """A lawful period that is no time limit of anybody's, such as the bar to a repeated request."""

    code: str
    title: str
    limit: Limit
    source: str
    url: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful exception. `shortest` is the least number of days that it must last, or 0."""

    code: str
    title: str
    text: str
    shortest: int = 0


@dataclass(frozen=True, slots=True)
class Trigger:
    """A fact, with the outcome that it must have ("" for any)."""

    code: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A second limit: where it ends after the first, it is the one that counts."""

    anchor: Trigger
    limit: Limit


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done by a date.

    Attributes:
        code, title: What it is called.
        actor: Code of the role that must act.
        opens_on: Any of these facts opens it.
        anchor: The fact from which its limit runs.
        met_by, void_by: Any of these facts meets it, or takes it away, once it is open.
        grounds: Codes of the lawful exceptions.
        processes: Keys of the processes in which it is owed.
        opened_in, met_in: Keys of those whose diagram must open it, or meet it; none where that is
            for a person to enter on the case page.
        kind: What diagrams that serve several processes ask for: "final_plan", or "".
        or_later: Another limit, that counts where it ends later.
        agreed_by: A fact whose day takes the place of the limit ("as agreed in writing"), or "".
        in_force_by: The fact whose day tells which version applies, "" for the anchor.
        excludes: Name of the closed days that are left out, or "".
        per_qualifier: One for each adviser, setting, dispute or review.
        statutory: Law; else guidance.
        right: A right of the family: that it passes is no breach.
        verified: The source was read; else it is from memory.
    """

    code: str
    title: str
    actor: str
    opens_on: tuple[Trigger, ...]
    anchor: Trigger
    limit: Limit
    met_by: tuple[Trigger, ...]
    void_by: tuple[Trigger, ...]
    grounds: tuple[str, ...]
    source: str
    url: str
    in_force_from: dt.date
    in_force_to: dt.date | None
    processes: tuple[str, ...]
    opened_in: tuple[str, ...] = ()
    met_in: tuple[str, ...] = ()
    kind: str = ""
    or_later: Later | None = None
    agreed_by: str = ""
    in_force_by: str = ""
    excludes: str = ""
    per_qualifier: bool = False
    statutory: bool = True
    right: bool = False
    verified: bool = True
    note: str = ""

    def in_force(self, on: dt.date) -> bool:
        """Tell whether this version applies on a day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact.

    Attributes:
        qualified_by: What it is about: "adviser", "setting", "dispute", "review" or "".
        not_before: Facts it follows; of several in one entry, any ("a or b").
        right_of_appeal: Outcomes that give the family a right of appeal, so that the notice must tell
            of it; "any" where each does. Source: Children and Families Act 2014, section 51(2).
        planned: Its day may lie in the future: something is arranged for it.
    """

    code: str
    title: str
    qualified_by: str = ""
    not_before: tuple[tuple[str, ...], ...] = ()
    right_of_appeal: tuple[str, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that the law times.

    Attributes:
        duties: In the order of the files.
        grounds, facts, periods: By code.
        closed_days: By name, days of each year that some limits leave out.
        target_days: How many days before its due date a duty is aimed at.
        headline: Code of the duty by whose weeks a case is told.
        version: Changes with every change of a file.
    """

    duties: tuple[Duty, ...]
    grounds: Mapping[str, Ground]
    facts: Mapping[str, FactKind]
    periods: Mapping[str, Period]
    closed_days: Mapping[str, tuple[YearlyPeriod, ...]]
    target_days: int
    headline: str
    version: str

    @property
    def rights(self) -> frozenset[str]:
        """Codes of what is a right of the family, and no duty of anybody."""
        return frozenset(each.code for each in self.duties if each.right)

    def duty(self, code: str, on: dt.date) -> Duty:
        """Return a duty as it stood on a date.

        Raises:
            UnknownDuty: there is none of that code then.
        """
        for each in self.duties:
            if each.code == code and each.in_force(on):
                return each
        raise UnknownDuty(code)

    def newest(self, code: str) -> Duty:
        """Return the newest version of a duty.

        Raises:
            UnknownDuty: there is none of that code.
        """
        found = [each for each in self.duties if each.code == code]
        if not found:
            raise UnknownDuty(code)
        return max(found, key=lambda each: each.in_force_from)
