"""Duties, limits, grounds and facts, as the rulebook has them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a limit counts."""

    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class RulebookError(Exception):
    """The rulebook is wrong: which entry, which field, and why."""


class UnknownDuty(KeyError):
    """The rulebook has no such duty at that date."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long there is. `inclusive`: the day it runs from is the first ("beginning with")."""

    count: int
    unit: Unit
    inclusive: bool = False


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
class Duty:
    """Something that must be done by a date.

    Attributes:
        code, title: What it is called.
        actor: Code of the role that must act.
        opens_on: Any of these facts opens it.
        anchor: The fact from which its limit runs.
        met_by, void_by: Any of these facts meets it, or takes it away.
        grounds: Codes of the lawful exceptions.
        per_qualifier: One for each adviser or setting.
        statutory: Law; else guidance.
        right: A right of the family: that it passes is no breach.
        verified: The source was read; else it is from memory.
    """

    code: str
    title: str
    actor: str
    opens_on: tuple[Trigger, ...]
    anchor: str
    limit: Limit
    met_by: tuple[Trigger, ...]
    void_by: tuple[Trigger, ...]
    grounds: tuple[str, ...]
    source: str
    url: str
    in_force_from: dt.date
    in_force_to: dt.date | None
    processes: tuple[str, ...]
    per_qualifier: bool = False
    statutory: bool = True
    right: bool = False
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact. `qualified_by`: "adviser", "setting" or "". `not_before`: facts it follows."""

    code: str
    title: str
    qualified_by: str = ""
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All duties, grounds and kinds of fact. `target_days` before its due date a duty is aimed at."""

    duties: tuple[Duty, ...]
    grounds: Mapping[str, Ground]
    facts: Mapping[str, FactKind]
    target_days: int
    headline: str
    version: str

    def duty(self, code: str, on: dt.date) -> Duty:
        """Return a duty as it stood on a date.

        Raises:
            UnknownDuty: there is none of that code then.
        """
        for each in self.duties:
            in_force = each.in_force_from <= on and (
                each.in_force_to is None or on <= each.in_force_to
            )
            if each.code == code and in_force:
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
