"""Which cohort a learner is of, when the review should begin, and whether it will be in time."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.deadlines import last_day
from workflows.rulebook.model import Limit, Rulebook, Unit, UnknownDuty
from workflows.transition.model import POST_16_FROM, Cohort, Kind, Learner, Plan, Rule

# A learning difficulty assessment is followed by a request of its own: SI 2014/2270, part 6.
DUTIES: Final = {Kind.STATEMENT: "transfer.final_plan", Kind.LDA: "assessment.final_plan"}
ONE_DAY: Final = dt.timedelta(days=1)


class State(StrEnum):
    """How the move of a learner stands."""

    NOT_PLACED = "not_placed"
    PLACED = "placed"
    STARTED = "started"
    WILL_MISS = "will_miss"
    MISSED = "missed"
    DONE = "done"


STATE_NAMES: Final = {
    State.NOT_PLACED: "Not placed",
    State.PLACED: "Placed",
    State.STARTED: "Started",
    State.WILL_MISS: "Will miss its last day",
    State.MISSED: "Missed its last day",
    State.DONE: "Done",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened. `month`: the first day of the month that somebody chose."""

    month: dt.date | None = None
    started: dt.date | None = None
    done: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in the plan.

    Attributes:
        cohort: The one with the earliest last day.
        others: The further ones that the learner falls into.
        start_by: The last day on which the review can begin and still end in time, where the
            rulebook says how long it may take.
        proposed: The first day of the month in which it should begin.
        ends: When it will have ended at the latest; as far as the rulebook says how long it may take.
        misses_final: It will not end by the day that none may pass, or has not ended by it.
    """

    cohort: Cohort
    others: tuple[Cohort, ...]
    start_by: dt.date | None
    proposed: dt.date
    ends: dt.date
    state: State
    misses_final: bool


def review_limit(rulebook: Rulebook, kind: Kind) -> Limit | None:
    """Return how long the way to a final plan may take, None while the rulebook does not know."""
    try:
        limit = rulebook.newest(DUTIES[kind]).limit
    except UnknownDuty:
        return None
    counts = limit.unit != Unit.DATE and not limit.before
    return limit if counts else None  # a fixed day says nothing of how long it takes


def move(learner: Learner, plan: Plan) -> tuple[int, bool] | None:
    """Return the year in which a learner changes phase and whether to post-16; None if never.

    Source: SI 2014/2270, article 14(6).
    """
    kind = plan.settings.get(learner.setting_kind)
    year = learner.leaves_in
    if year is None and kind is not None and kind.leaves_after is not None:
        year = learner.school_year + kind.leaves_after - learner.year_group + 1
    if year is None:
        return None
    return year, learner.year_group_in(year - 1) >= POST_16_FROM


def cohorts_of(learner: Learner, plan: Plan) -> tuple[Cohort, ...]:
    """Return the cohorts that a learner falls into, that with the earliest last day first.

    Only the first one counts: there is one assessment, and the earliest day is its day.
    Source: SI 2014/2270, article 14(4).
    """
    found = [each for each in plan.cohorts if _is_in(learner, each, plan)]
    return tuple(sorted(found, key=lambda each: (each.last_day, each.window_to)))


def _is_in(learner: Learner, cohort: Cohort, plan: Plan) -> bool:
    if cohort.kind != learner.kind:
        return False
    match cohort.rule:
        case Rule.EVERYONE:
            return True
        case Rule.ENTERS_YEAR | Rule.IN_YEAR:
            return learner.year_group_in(cohort.year) == cohort.year_group
    return move(learner, plan) == (cohort.year, cohort.rule == Rule.POST_16_TRANSFER)


@lru_cache(maxsize=200)
def latest_start(last: dt.date, limit: Limit) -> dt.date:
    """Return the last day on which something of a limit that counts time can begin to end by a day."""
    start = last
    while (over := (_end(limit, start) - last).days) > 0:
        start -= dt.timedelta(days=over)
    while _end(limit, start + ONE_DAY) <= last:
        start += ONE_DAY
    return start


def standing(
    learner: Learner, progress: Progress, plan: Plan, *, limit: Limit | None, today: dt.date
) -> Standing:
    """Return where a learner stands on a day."""
    cohort, *others = cohorts_of(learner, plan)
    start_by = latest_start(cohort.last_day, limit) if limit else None
    ends = _ends(progress, limit, today)
    final = plan.final(learner.kind).last_day
    return Standing(
        cohort=cohort,
        others=tuple(others),
        start_by=start_by,
        proposed=_proposed(cohort, start_by, today),
        ends=ends,
        state=_state(progress, cohort.last_day, ends, today),
        misses_final=_passes(progress, final, ends, today),
    )


def _proposed(cohort: Cohort, start_by: dt.date | None, today: dt.date) -> dt.date:
    """Return the last month all of whose days are early enough: within the window, and not gone by.

    Without a limit it is the month in which the window opens; where it is too late, the present one.
    """
    earliest = max(cohort.window_from.replace(day=1), today.replace(day=1))
    if start_by is None:
        return earliest
    month = (start_by + ONE_DAY).replace(day=1)
    whole = (month - ONE_DAY).replace(day=1)  # a month that ends by start_by
    return max(earliest, min(whole, cohort.window_to.replace(day=1)))


def _ends(progress: Progress, limit: Limit | None, today: dt.date) -> dt.date:
    """Return when a review will have ended: from the day it began, else the chosen month, else today."""
    if progress.done is not None:
        return progress.done
    begins = progress.started or max(
        today, _end_of_month(progress.month) if progress.month else today
    )
    return _end(limit, begins) if limit else begins


def _state(progress: Progress, last: dt.date, ends: dt.date, today: dt.date) -> State:
    if progress.done is not None:
        return State.DONE
    if today > last:
        return State.MISSED
    if ends > last:
        return State.WILL_MISS
    if progress.started is not None:
        return State.STARTED
    return State.PLACED if progress.month is not None else State.NOT_PLACED


def _passes(progress: Progress, final: dt.date, ends: dt.date, today: dt.date) -> bool:
    if progress.done is not None:
        return progress.done > final
    return today > final or ends > final


def _end(limit: Limit, start: dt.date) -> dt.date:
    return last_day(limit, start, WorkingCalendar())


def _end_of_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - ONE_DAY
