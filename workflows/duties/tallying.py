"""What a case counts for on the board: a pure function of its facts, deadlines, exceptions and reasons.

Every figure of the board is a sum of these over all cases. What is open is counted for its last day,
so that how it stands follows from the date on which one looks; what has ended for its month, so that
there are no more kinds of counts in a large county than in a small one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from workflows.duties.facts import Fact
from workflows.rulebook.model import Rulebook

# Raised with every change of what is counted, so that all cases are counted anew.
VERSION: Final = 1
ADVICE: Final = "assessment.advice"
EXCUSED: Final = ":excused"
LONGEST: Final = 400  # days: advice that took longer counts as that
# Where the Department for Education draws a line between plans that are late and very late.
# Source: Education, health and care plans, statistics, “timeliness”: 52 weeks.
YEAR: Final = dt.timedelta(days=364)
# Facts that the board counts by week, whatever they are about.
FLOW: Final = (
    "request_received",
    "assessment_decision_notified",
    "plan_decision_notified",
    "final_plan_sent",
    "mediation_requested",
    "mediation_held",
    "mediation_certificate_issued",
    "agreement_reached",
    "appeal_registered",
    "tribunal_order_made",
)


class Measure(StrEnum):
    """What is counted."""

    OPEN = "open"  # deadlines to be met, by their last day
    AGE = "age"  # cases in their main time limit, by the day it was opened
    DONE = "done"  # deadlines met, by month
    VOID = "void"  # deadlines that fell away, by month
    PLAN = "plan"  # plans issued, by month and how long they took
    TOOK = "took"  # pieces of advice received, by month and days
    RECEIVED = "received"  # pieces of advice received, by week
    FLOW = "flow"  # facts, by week
    REASON = "reason"  # reasons for delay, by month
    EXCEPTION = "exception"  # lawful exceptions, by month
    CHASED = "chased"  # chasers, by month and recipient
    CASE = "case"  # cases, by the month in which they were opened
    QUALITY = "quality"  # what is missing or inconsistent, by the same month


class Issued(StrEnum):
    """How long a plan took: within the time limit, up to a year, over a year."""

    IN_TIME = "in_time"
    TO_A_YEAR = "to_a_year"
    OVER_A_YEAR = "over_a_year"


class Missing(StrEnum):
    """What a case lacks, or what in it does not fit."""

    SEX = "no_sex"
    YEAR_GROUP = "no_year_group"
    SETTING = "no_setting"
    AREA = "no_area"
    EARLIER_STEP = "no_earlier_step"
    DISORDER = "dates_out_of_order"
    NO_REASON = "late_without_reason"


class Count(NamedTuple):
    """One thing that is counted, with all by which it can be looked at."""

    measure: str
    on: dt.date
    process_key: str = ""
    duty: str = ""
    team_id: str = ""
    agency_id: str = ""
    area: str = ""
    bucket: str = ""


class Limit(NamedTuple):
    """A deadline, as it counts."""

    process_key: str
    duty: str
    qualifier: str
    team_id: str
    agency_id: str
    area: str
    opened: dt.date
    due: dt.date
    met: dt.date | None
    voided: dt.date | None
    excused: bool
    state: str


class Excuse(NamedTuple):
    """An exception on record."""

    duty: str
    qualifier: str
    ground: str
    told: bool
    on: dt.date


class Why(NamedTuple):
    """A reason that was given for a delay."""

    duty: str
    qualifier: str
    reason: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Counted:
    """A case with all that it counts for. `chasers`: to whom, and when; once for each recipient."""

    process_key: str
    area: str
    opened: dt.date
    has: frozenset[str]
    facts: Sequence[Fact]
    limits: Sequence[Limit]
    excuses: Sequence[Excuse] = ()
    reasons: Sequence[Why] = ()
    chasers: Sequence[tuple[str, dt.date]] = ()


def month(day: dt.date) -> dt.date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def week(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def year_before(day: dt.date) -> dt.date:
    """Return the first day of a rolling year of twelve months that ends with a day's month."""
    return month(day) + relativedelta(months=-11)


def tally(case: Counted, rulebook: Rulebook) -> Counter[Count]:
    """Return what a case counts."""
    found: Counter[Count] = Counter()
    for each in case.limits:
        found.update(_of_limit(each, rulebook.headline))
    found.update(_of_facts(case))
    found.update(_of_events(case))
    found.update(_of_case(case, rulebook))
    return found


def key(count: Count) -> str:
    """Return a count as text."""
    return "|".join((count.measure, count.on.isoformat(), *count[2:]))


@lru_cache(maxsize=20_000)
def parse(text: str) -> Count:
    """Return a count from its text."""
    measure, on, *rest = text.split("|", len(Count._fields) - 1)
    return Count(measure, dt.date.fromisoformat(on), *rest)


def _of_limit(each: Limit, headline: str) -> Iterator[Count]:
    by = (each.process_key, each.duty, each.team_id, each.agency_id, each.area)
    excused = EXCUSED if each.excused else ""
    if each.met is not None:
        late = each.state == "met_late"
        yield Count(Measure.DONE, month(each.met), *by, ("late" if late else "in_time") + excused)
        if each.duty == headline:
            yield Count(Measure.PLAN, month(each.met), *by, _issued(each, each.met) + excused)
        if each.duty == ADVICE:
            days = min(max((each.met - each.opened).days, 0), LONGEST)
            yield Count(Measure.TOOK, month(each.met), *by, str(days))
            yield Count(Measure.RECEIVED, week(each.met), *by)
    elif each.voided is not None:
        yield Count(Measure.VOID, month(each.voided), *by)
    else:
        yield Count(Measure.OPEN, each.due, *by, excused)
        if each.duty == headline:
            yield Count(Measure.AGE, each.opened, *by)


def _issued(each: Limit, met: dt.date) -> Issued:
    if met <= each.due:
        return Issued.IN_TIME
    return Issued.TO_A_YEAR if met <= each.opened + YEAR else Issued.OVER_A_YEAR


def _of_facts(case: Counted) -> Iterator[Count]:
    for fact in case.facts:
        if fact.code in FLOW:
            bucket = f"{fact.code}:{fact.outcome}" if fact.outcome else fact.code
            yield Count(
                Measure.FLOW, week(fact.on), case.process_key, area=case.area, bucket=bucket[:100]
            )


def _of_events(case: Counted) -> Iterator[Count]:
    known = {(each.duty, each.qualifier): each for each in case.limits}

    def by(duty: str, qualifier: str) -> tuple[str, str, str, str, str]:
        limit = known.get((duty, qualifier))
        if limit is None:
            return (case.process_key, duty, "", "", case.area)
        return (limit.process_key, duty, limit.team_id, limit.agency_id, limit.area)

    for excuse in case.excuses:
        bucket = f"{excuse.ground}:{'told' if excuse.told else 'not_told'}"
        where = by(excuse.duty, excuse.qualifier)
        yield Count(Measure.EXCEPTION, month(excuse.on), *where, bucket)
    for why in case.reasons:
        yield Count(Measure.REASON, month(why.on), *by(why.duty, why.qualifier), why.reason)
    for recipient, on in case.chasers:
        yield Count(Measure.CHASED, month(on), bucket=recipient)


def _of_case(case: Counted, rulebook: Rulebook) -> Iterator[Count]:
    for measure, buckets in (
        (Measure.CASE, ("",)),
        (Measure.QUALITY, tuple(sorted(missing(case, rulebook)))),
    ):
        for bucket in buckets:
            yield Count(
                measure, month(case.opened), case.process_key, area=case.area, bucket=bucket
            )


def missing(case: Counted, rulebook: Rulebook) -> frozenset[Missing]:
    """Return what a case lacks, and what in it does not fit."""
    needed = {
        Missing.SEX: "sex",
        Missing.YEAR_GROUP: "year_group",
        Missing.SETTING: "setting",
        Missing.AREA: "area",
    }
    found = {what for what, name in needed.items() if name not in case.has}
    first: dict[str, dt.date] = {}
    for fact in case.facts:
        first[fact.code] = min(fact.on, first.get(fact.code, fact.on))
    for fact in case.facts:
        found |= _misfit(fact, first, rulebook)
    explained = {(each.duty, each.qualifier) for each in case.reasons}
    late = {
        (each.duty, each.qualifier)
        for each in case.limits
        if each.state == "met_late" and not each.excused and each.duty not in rulebook.rights
    }
    if late - explained:
        found.add(Missing.NO_REASON)
    return frozenset(found)


def _misfit(fact: Fact, first: Mapping[str, dt.date], rulebook: Rulebook) -> set[Missing]:
    """Tell whether what a fact follows is there, and not later than it."""
    kind = rulebook.facts.get(fact.code)
    found = set()
    for any_of in kind.not_before if kind else ():
        before = [first[each] for each in any_of if each in first]
        if not before:
            found.add(Missing.EARLIER_STEP)
        elif min(before) > fact.on:
            found.add(Missing.DISORDER)
    return found
