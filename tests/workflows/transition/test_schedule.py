"""Which cohort a learner is of, and whether the review will be in time."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.deadlines import last_day
from workflows.rulebook import load as rulebook
from workflows.rulebook.model import Limit, Unit
from workflows.transition import load, schedule
from workflows.transition.model import Kind, Learner, school_year_of
from workflows.transition.schedule import Progress, State

D = dt.date
EIGHTEEN = Limit(18, Unit.WEEKS, inclusive=True)


def learner(year_group: int, setting: str, leaves_in: int | None = None) -> Learner:
    """Return somebody with a statement, as they were in 2014 to 2015."""
    return Learner(Kind.STATEMENT, year_group, 2014, setting, leaves_in)


@pytest.mark.parametrize(
    ("who", "cohorts"),
    [
        (learner(11, "secondary"), ["post_16_2015", "all_others"]),
        (learner(10, "secondary"), ["post_16_2016", "all_others"]),
        (learner(9, "secondary"), ["post_16_2017", "all_others"]),
        (learner(8, "secondary"), ["all_others"]),
        (learner(7, "secondary"), ["year_9_2016", "all_others"]),
        (learner(6, "secondary"), ["all_others"]),
        (learner(5, "primary"), ["phase_2016", "year_6_2015", "all_others"]),
        (learner(4, "primary"), ["phase_2017", "year_6_2016", "all_others"]),
        (learner(5, "through"), ["year_6_2015", "all_others"]),
        (learner(1, "infant"), ["phase_2016", "all_others"]),
        (learner(0, "infant"), ["phase_2017", "all_others"]),
        (learner(-1, "nursery"), ["all_others"]),
        (learner(3, "first"), ["phase_2016", "all_others"]),
        (learner(7, "middle"), ["phase_2016", "year_9_2016", "all_others"]),
        (learner(6, "middle"), ["phase_2017", "all_others"]),
        (learner(10, "special"), ["all_others"]),
        (learner(10, "special", 2016), ["post_16_2016", "all_others"]),
        (learner(12, "special", 2016), ["post_16_2016", "all_others"]),
        (learner(6, "special", 2017), ["phase_2017", "all_others"]),
        (learner(10, "secondary", 2017), ["post_16_2017", "all_others"]),
        (learner(12, "secondary"), ["all_others"]),
        (learner(13, "post_16"), ["all_others"]),
        (Learner(Kind.LDA, 13, 2014, "post_16"), ["lda"]),
        (Learner(Kind.LDA, 11, 2014, "secondary"), ["lda"]),
    ],
)
def test_a_learner_falls_into_cohorts_and_the_earliest_counts(
    who: Learner, cohorts: list[str]
) -> None:
    assert [each.code for each in schedule.cohorts_of(who, load.current())] == cohorts


def test_a_year_group_is_followed_from_the_school_year_it_was_entered_for() -> None:
    later = Learner(Kind.STATEMENT, 10, 2015, "secondary")

    assert later.year_group_in(2014) == 9
    assert schedule.cohorts_of(later, load.current())[0].code == "post_16_2017"
    assert (school_year_of(D(2015, 8, 31)), school_year_of(D(2015, 9, 1))) == (2014, 2015)


def test_a_review_that_may_take_eighteen_weeks_begins_as_long_before() -> None:
    start = schedule.latest_start(D(2016, 2, 17), EIGHTEEN)

    assert start == D(2015, 10, 15), "as the Order's own count: 15 October 2015 to 17 February 2016"


@given(
    st.dates(D(2014, 9, 1), D(2020, 1, 1)),
    st.integers(1, 60),
    st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.WORKING_DAYS]),
    st.booleans(),
)
def test_the_latest_start_ends_in_time_and_a_day_later_does_not(
    last: dt.date,
    count: int,
    unit: Unit,
    inclusive: bool,  # noqa: FBT001 (drawn)
) -> None:
    limit = Limit(count, unit, inclusive=inclusive)
    calendar = WorkingCalendar()

    start = schedule.latest_start(last, limit)

    assert last_day(limit, start, calendar) <= last
    assert last_day(limit, start + dt.timedelta(days=1), calendar) > last


TODAY = D(2015, 9, 20)
LATE_START = D(2015, 12, 1)  # 18 weeks end on 4 April 2016


@pytest.mark.parametrize(
    ("progress", "today", "state", "misses_final"),
    [
        (Progress(), TODAY, State.NOT_PLACED, False),
        (Progress(D(2015, 10, 1)), TODAY, State.PLACED, False),
        (Progress(D(2015, 12, 1)), TODAY, State.WILL_MISS, False),
        (Progress(D(2018, 1, 1)), TODAY, State.WILL_MISS, True),
        (Progress(), D(2015, 12, 1), State.WILL_MISS, False),
        (Progress(started=TODAY), D(2015, 12, 1), State.STARTED, False),
        (Progress(started=LATE_START), LATE_START, State.WILL_MISS, False),
        (Progress(), D(2016, 3, 31), State.MISSED, False),
        (Progress(started=TODAY), D(2016, 3, 31), State.MISSED, False),
        (Progress(), D(2017, 12, 15), State.MISSED, True),
        (Progress(), D(2018, 4, 1), State.MISSED, True),
        (Progress(started=TODAY, done=D(2016, 1, 10)), D(2026, 1, 1), State.DONE, False),
        (Progress(started=TODAY, done=D(2018, 4, 1)), D(2026, 1, 1), State.DONE, True),
    ],
)
def test_how_a_move_stands_follows_from_the_days(
    progress: Progress,
    today: dt.date,
    state: State,
    misses_final: bool,  # noqa: FBT001 (a column of the table above)
) -> None:
    found = schedule.standing(
        learner(10, "secondary"), progress, load.current(), limit=EIGHTEEN, today=today
    )

    assert found.cohort.code == "post_16_2016"
    assert (found.state, found.misses_final) == (state, misses_final)


def test_the_month_proposed_is_the_last_that_is_wholly_early_enough() -> None:
    found = schedule.standing(
        learner(10, "secondary"), Progress(), load.current(), limit=EIGHTEEN, today=TODAY
    )

    assert found.start_by == D(2015, 11, 26)
    assert found.proposed == D(2015, 10, 1)


def test_a_month_is_never_proposed_before_the_window_opens() -> None:
    found = schedule.standing(
        learner(5, "primary"),
        Progress(),
        load.current(),
        limit=Limit(52, Unit.WEEKS),
        today=TODAY,
    )

    assert found.proposed == D(2015, 9, 1)
    assert found.start_by is not None
    assert found.start_by < found.proposed


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (D(2014, 11, 5), D(2015, 10, 1)),
        (D(2015, 10, 31), D(2015, 10, 1)),
        (D(2015, 11, 1), D(2015, 11, 1)),
        (D(2019, 5, 7), D(2019, 5, 1)),
    ],
)
def test_a_month_that_has_gone_by_is_not_proposed(today: dt.date, month: dt.date) -> None:
    found = schedule.standing(
        learner(10, "secondary"), Progress(), load.current(), limit=EIGHTEEN, today=today
    )

    assert found.proposed == month


def test_without_a_limit_in_the_rulebook_there_are_the_dates_only() -> None:
    found = schedule.standing(
        learner(10, "secondary"), Progress(), load.current(), limit=None, today=D(2016, 3, 30)
    )

    assert (found.start_by, found.state) == (None, State.NOT_PLACED)
    assert found.proposed == D(2016, 3, 1)


def test_a_learning_difficulty_assessment_takes_the_way_of_a_request() -> None:
    assert schedule.review_limit(rulebook.current(), Kind.LDA) == Limit(20, Unit.WEEKS)
