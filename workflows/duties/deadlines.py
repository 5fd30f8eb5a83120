"""Derive deadlines from facts: a pure function of the rulebook, the facts and the calendar.

How days are counted: "within N weeks of" leaves out the day it runs from; "beginning with" counts it
as the first; months by the corresponding date; nothing rolls on to a working day. Source: reference
to general English rules of time, and SEND Regulations 2014, reg 13(1)(a).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.facts import Fact, LawfulException
from workflows.rulebook.model import Duty, Limit, Rulebook, Trigger, Unit


class Status(StrEnum):
    """How a deadline stands."""

    OPEN = "open"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    VOID = "void"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty of one case, for one adviser or setting where it is theirs.

    Attributes:
        due: The last day on which it is met in time.
        target: The day to aim at.
        excused: A lawful exception is on record: the duty to keep the limit is lifted, but no new
            date is set.
    """

    duty: Duty
    qualifier: str
    opened: dt.date
    due: dt.date
    target: dt.date
    met: dt.date | None = None
    voided: dt.date | None = None
    excused: bool = False
    ground: str = ""

    @property
    def state(self) -> str:
        """How it stands, whatever the day: open, met, met_late or void."""
        if self.met is not None:
            return Status.MET_LATE if self.met > self.due else Status.MET
        return Status.VOID if self.voided is not None else Status.OPEN


def status(state: str, *, due: dt.date, excused: bool, today: dt.date) -> Status:
    """Return how a deadline stands on a day."""
    if state != Status.OPEN:
        return Status(state)
    if today <= due:
        return Status.OPEN
    return Status.EXCUSED if excused else Status.LATE


def last_day(limit: Limit, start: dt.date, calendar: WorkingCalendar) -> dt.date:
    """Return the last day of a limit that runs from a day."""
    match limit.unit:
        case Unit.WORKING_DAYS if limit.inclusive:
            return calendar.add_working_days_inclusive(start, limit.count)
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(start, limit.count)
        case Unit.MONTHS:
            day = start + relativedelta(months=limit.count)
        case Unit.WEEKS:
            day = start + dt.timedelta(days=7 * limit.count)
        case _:
            day = start + dt.timedelta(days=limit.count)
    return day - dt.timedelta(days=1) if limit.inclusive else day


def derive(
    rulebook: Rulebook,
    facts: Iterable[Fact],
    exceptions: Iterable[LawfulException] = (),
    calendar: WorkingCalendar | None = None,
) -> tuple[Deadline, ...]:
    """Return the deadlines that facts open, in the order of the rulebook, then by qualifier."""
    known = sorted(facts, key=lambda each: (each.on, each.code, each.qualifier, each.outcome))
    claimed = list(exceptions)
    days = calendar or WorkingCalendar()
    found: list[Deadline] = []
    for duty in rulebook.duties:
        for qualifier in _qualifiers(duty, known):
            deadline = _deadline(rulebook, duty, qualifier, known, days)
            if deadline is not None:
                found.append(_excuse(deadline, claimed))
    return tuple(found)


def due(
    rulebook: Rulebook,
    facts: Iterable[Fact],
    code: str,
    qualifier: str = "",
    calendar: WorkingCalendar | None = None,
) -> Deadline | None:
    """Return one deadline, None while no fact opens it."""
    for each in derive(rulebook, facts, (), calendar):
        if each.duty.code == code and each.qualifier == qualifier:
            return each
    return None


def _qualifiers(duty: Duty, facts: Sequence[Fact]) -> list[str]:
    if not duty.per_qualifier:
        return [""]
    opening = {trigger.code for trigger in duty.opens_on}
    return sorted({fact.qualifier for fact in facts if fact.code in opening})


def _deadline(
    rulebook: Rulebook, duty: Duty, qualifier: str, facts: Sequence[Fact], days: WorkingCalendar
) -> Deadline | None:
    opened = _first(duty.opens_on, qualifier if duty.per_qualifier else None, facts)
    anchor = _first((Trigger(duty.anchor),), qualifier if duty.per_qualifier else None, facts)
    if opened is None or anchor is None or not _in_force(duty, anchor.on):
        return None
    last = last_day(duty.limit, anchor.on, days)
    met = _first(duty.met_by, qualifier if duty.per_qualifier else None, facts)
    voided = _first(duty.void_by, None, facts)
    return Deadline(
        duty=duty,
        qualifier=qualifier,
        opened=opened.on,
        due=last,
        target=max(anchor.on, last - dt.timedelta(days=0 if duty.right else rulebook.target_days)),
        met=met.on if met else None,
        voided=voided.on if voided and met is None else None,
    )


def _in_force(duty: Duty, on: dt.date) -> bool:
    return duty.in_force_from <= on and (duty.in_force_to is None or on <= duty.in_force_to)


def _first(
    triggers: Sequence[Trigger], qualifier: str | None, facts: Sequence[Fact]
) -> Fact | None:
    for fact in facts:
        for trigger in triggers:
            same = fact.code == trigger.code and trigger.outcome in {"", fact.outcome}
            if same and qualifier in {None, fact.qualifier}:
                return fact
    return None


def _excuse(deadline: Deadline, claimed: Sequence[LawfulException]) -> Deadline:
    for each in claimed:
        if each.duty == deadline.duty.code and each.qualifier == deadline.qualifier:
            return Deadline(
                deadline.duty,
                deadline.qualifier,
                deadline.opened,
                deadline.due,
                deadline.target,
                deadline.met,
                deadline.voided,
                excused=True,
                ground=each.ground,
            )
    return deadline
