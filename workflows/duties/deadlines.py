"""Derive deadlines from facts: a pure function of the rulebook, the facts and the calendar.

How days are counted: "within N weeks of" leaves out the day it runs from; "beginning with" counts it
as the first; months by the corresponding date; nothing rolls on to a working day, save before the
Tribunal. Source: reference to general English rules of time; SEND Regulations 2014, reg 13(1)(a);
Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008, rule 12.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.facts import Fact, LawfulException
from workflows.rulebook.model import Duty, Limit, Rulebook, Trigger, Unit

Calendar = Callable[[], WorkingCalendar]


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
    """A duty of one case, for one adviser, setting, dispute or review where it is theirs.

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


def status(
    state: str, *, due: dt.date, excused: bool, today: dt.date, right: bool = False
) -> Status:
    """Return how a deadline stands on a day; a right of the family that has passed is not late."""
    if state != Status.OPEN:
        return Status(state)
    if today <= due:
        return Status.OPEN
    if right:
        return Status.VOID
    return Status.EXCUSED if excused else Status.LATE


def last_day(limit: Limit, start: dt.date, calendar: WorkingCalendar) -> dt.date:
    """Return the last day of a limit that runs from a day, or ends before it."""
    if limit.unit == Unit.DATE:
        return _fixed(limit, start)
    if limit.unit == Unit.WORKING_DAYS:
        return _working_days(limit, start, calendar)
    sign = -1 if limit.before else 1
    if limit.unit == Unit.MONTHS:
        day = start + relativedelta(months=sign * limit.count)
        if (
            day.day != start.day
        ):  # there is no corresponding date: the month's last day stands for it
            return day
    else:
        length = 7 if limit.unit == Unit.WEEKS else 1
        day = start + dt.timedelta(days=sign * length * limit.count)
    return day - dt.timedelta(days=sign) if limit.inclusive and limit.count else day


def _fixed(limit: Limit, start: dt.date) -> dt.date:
    year = limit.year or start.year + limit.count
    return dt.date(year, limit.month, 1) + relativedelta(day=limit.day)


def _working_days(limit: Limit, start: dt.date, calendar: WorkingCalendar) -> dt.date:
    if limit.inclusive and limit.count:
        return calendar.add_working_days_inclusive(start, limit.count)
    return calendar.add_working_days(start, limit.count)


def derive(
    rulebook: Rulebook,
    facts: Iterable[Fact],
    exceptions: Iterable[LawfulException] = (),
    calendar: Calendar = WorkingCalendar,
    kind: str = "",
) -> tuple[Deadline, ...]:
    """Return the deadlines that facts open, in the order of the rulebook, then by qualifier.

    Args:
        rulebook: The law.
        facts: Current facts of one case, in any order.
        exceptions: Lawful exceptions on record.
        calendar: Gives the working days; asked only where a limit counts them.
        kind: Only duties of this kind.
    """
    known = _sorted(facts)
    claimed = list(exceptions)
    return tuple(
        _excuse(deadline, claimed)
        for duty in rulebook.duties
        if kind in {"", duty.kind}
        for deadline in _of_duty(rulebook, duty, known, calendar)
    )


def due(
    rulebook: Rulebook,
    facts: Iterable[Fact],
    code: str,
    qualifier: str = "",
    calendar: Calendar = WorkingCalendar,
) -> Deadline | None:
    """Return one deadline, None while no fact opens it."""
    known = _sorted(facts)
    for duty in rulebook.duties:
        if duty.code == code:
            for each in _of_duty(rulebook, duty, known, calendar):
                if each.qualifier == qualifier:
                    return each
    return None


def _sorted(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda each: (each.on, each.code, each.qualifier, each.outcome))


def _of_duty(
    rulebook: Rulebook, duty: Duty, facts: Sequence[Fact], calendar: Calendar
) -> list[Deadline]:
    qualifiers = [""]
    if duty.per_qualifier:
        opening = {trigger.code for trigger in duty.opens_on}
        qualifiers = sorted({fact.qualifier for fact in facts if fact.code in opening})
    found = (_deadline(rulebook, duty, each, facts, calendar) for each in qualifiers)
    return [each for each in found if each is not None]


def _deadline(
    rulebook: Rulebook, duty: Duty, qualifier: str, facts: Sequence[Fact], calendar: Calendar
) -> Deadline | None:
    about = [fact for fact in facts if not duty.per_qualifier or fact.qualifier in {"", qualifier}]
    opened = _first(duty.opens_on, about)
    anchor = _first((duty.anchor,), about)
    if opened is None or anchor is None or not duty.in_force(_decisive(duty, about, anchor.on)):
        return None
    last = _last(rulebook, duty, anchor.on, about, calendar)
    since = [fact for fact in about if fact.on >= opened.on]
    met = _first(duty.met_by, since)
    voided = _first(duty.void_by, since)
    if met and voided:  # what came first counts
        met, voided = (None, voided) if voided.on < met.on else (met, None)
    return Deadline(
        duty=duty,
        qualifier=qualifier,
        opened=opened.on,
        due=last,
        target=_target(rulebook, duty, anchor.on, last),
        met=met.on if met else None,
        voided=voided.on if voided else None,
    )


def _decisive(duty: Duty, facts: Sequence[Fact], anchor: dt.date) -> dt.date:
    """Return the day that tells which version of a duty applies."""
    fact = _first((Trigger(duty.in_force_by),), facts) if duty.in_force_by else None
    return fact.on if fact else anchor


def _last(
    rulebook: Rulebook, duty: Duty, anchor: dt.date, facts: Sequence[Fact], calendar: Calendar
) -> dt.date:
    agreed = _first((Trigger(duty.agreed_by),), facts) if duty.agreed_by else None
    if agreed:
        return agreed.on
    last = _counted(rulebook, duty, duty.limit, anchor, calendar)
    later = _first((duty.or_later.anchor,), facts) if duty.or_later else None
    if duty.or_later and later:
        last = max(last, _counted(rulebook, duty, duty.or_later.limit, later.on, calendar))
    return last


def _counted(
    rulebook: Rulebook, duty: Duty, limit: Limit, start: dt.date, calendar: Calendar
) -> dt.date:
    """Count a limit; one that ends on days that the Tribunal leaves out ends on the next it works."""
    if duty.excludes:
        days = WorkingCalendar(closed=rulebook.closed_days[duty.excludes])
        return days.on_or_after(last_day(limit, start, days))
    needed = limit.unit == Unit.WORKING_DAYS
    return last_day(limit, start, calendar() if needed else WorkingCalendar())


def _target(rulebook: Rulebook, duty: Duty, anchor: dt.date, last: dt.date) -> dt.date:
    if duty.right:
        return last
    earlier = last - dt.timedelta(days=rulebook.target_days)
    return earlier if duty.limit.before or last < anchor else max(anchor, earlier)


def _first(triggers: Sequence[Trigger], facts: Sequence[Fact]) -> Fact | None:
    for fact in facts:
        for trigger in triggers:
            if fact.code == trigger.code and trigger.outcome in {"", fact.outcome}:
                return fact
    return None


def _excuse(deadline: Deadline, claimed: Sequence[LawfulException]) -> Deadline:
    for each in claimed:
        if each.duty == deadline.duty.code and each.qualifier == deadline.qualifier:
            return replace(deadline, excused=True, ground=each.ground)
    return deadline
