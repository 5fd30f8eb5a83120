"""Duties of the authority as a whole, as the register has them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from engine import errors


class Force(StrEnum):
    """How binding a duty is: law, or guidance."""

    MUST = "must"
    SHOULD = "should"


class Phase(StrEnum):
    """When it came in."""

    BY_SEPTEMBER_2014 = "by_september_2014"
    AFTER = "after"


class State(StrEnum):
    """How far the authority is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    IN_PLACE = "in_place"
    NOT_IN_PLACE = "not_in_place"


STATE_NAMES = {
    State.NOT_STARTED: "Not started",
    State.IN_PROGRESS: "In progress",
    State.IN_PLACE: "In place",
    State.NOT_IN_PLACE: "Not in place",
}
PHASE_NAMES = {Phase.BY_SEPTEMBER_2014: "By September 2014", Phase.AFTER: "After September 2014"}


class NoSuchPhasedDuty(errors.NotFound):
    """There is no such duty in the register."""


@dataclass(frozen=True, slots=True)
class PhasedDuty:
    """Something that the authority must or should have in place.

    Attributes:
        code, title: What it is called.
        what: What shows that it is in place.
        first_due: When it was to be in place first, None where no day is named.
        review_months: After how many months a review is due again.
        verified: The source was read; else it is from memory.
    """

    code: str
    title: str
    what: str
    force: Force
    phase: Phase
    first_due: dt.date | None
    review_months: int
    source: str
    url: str
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class PhasedDuties:
    """All duties of the register, in its order."""

    duties: tuple[PhasedDuty, ...]

    def in_force(self, on: dt.date) -> tuple[PhasedDuty, ...]:
        """Return the duties that hold on a day."""
        return tuple(
            each
            for each in self.duties
            if each.in_force_from <= on and (each.in_force_to is None or on <= each.in_force_to)
        )

    def duty(self, code: str, on: dt.date) -> PhasedDuty:
        """Return a duty as it stands on a day.

        Raises:
            NoSuchPhasedDuty: there is none of that code then.
        """
        for each in self.in_force(on):
            if each.code == code:
                return each
        raise NoSuchPhasedDuty
