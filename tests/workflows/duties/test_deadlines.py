"""Deadlines follow from facts as the law counts days."""

import datetime as dt

import pytest
from hypothesis import example, given, strategies as st

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.deadlines import Deadline, Status, derive, due, last_day, status
from workflows.duties.facts import Fact, LawfulException
from workflows.rulebook import load
from workflows.rulebook.model import Limit, Unit

LAW = load.current()
CALENDAR = WorkingCalendar()
DAYS = st.dates(dt.date(2014, 9, 1), dt.date(2050, 12, 31))
COUNTED = [each for each in Unit if each != Unit.DATE]
LIMITS = st.builds(Limit, st.integers(1, 60), st.sampled_from(COUNTED), inclusive=st.booleans())
WHOLE_WEEKS = st.builds(Limit, st.integers(1, 60), st.just(Unit.WEEKS))
# What happens in a case that becomes a plan, in its order, with the outcomes of the diagrams.
STEPS = (
    ("request_received", "", ""),
    ("assessment_decision_notified", "", "assess"),
    ("advice_requested", "health", ""),
    ("advice_received", "health", ""),
    ("plan_decision_notified", "", "yes"),
    ("draft_plan_served", "", ""),
    ("representations_received", "", ""),
    ("setting_consulted", "beck-lane", ""),
    ("setting_responded", "beck-lane", ""),
    ("final_plan_sent", "", ""),
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def found(facts: list[Fact], code: str, qualifier: str = "") -> Deadline:
    deadline = due(LAW, facts, code, qualifier)
    assert deadline is not None, f"{code} is not open"
    return deadline


def all_of(facts: list[Fact]) -> dict[tuple[str, str], Deadline]:
    return {(each.duty.code, each.qualifier): each for each in derive(LAW, facts)}


# Received; then the last days for the decision, advice asked on the decision's last day, telling
# that there is no plan, and the final plan; then the day to aim at for the final plan.
WORKED_EXAMPLES = {
    "W1, ends on a bank holiday": (
        "2026-01-05", "2026-02-16", "2026-03-30", "2026-04-27", "2026-05-25", "2026-05-24",
    ),
    "W2, no plan on a bank holiday": (
        "2026-02-02", "2026-03-16", "2026-04-27", "2026-05-25", "2026-06-22", "2026-06-21",
    ),
    "W3, over Easter": (
        "2026-03-16", "2026-04-27", "2026-06-08", "2026-07-06", "2026-08-03", "2026-08-02",
    ),
    "W5, over the summer": (
        "2026-05-11", "2026-06-22", "2026-08-03", "2026-08-31", "2026-09-28", "2026-09-27",
    ),
    "W7, the clocks go back": (
        "2026-07-01", "2026-08-12", "2026-09-23", "2026-10-21", "2026-11-18", "2026-11-17",
    ),
    "W10, over Christmas": (
        "2026-10-12", "2026-11-23", "2027-01-04", "2027-02-01", "2027-03-01", "2027-02-28",
    ),
    "W12, begins before Christmas": (
        "2026-12-21", "2027-02-01", "2027-03-15", "2027-04-12", "2027-05-10", "2027-05-09",
    ),
}  # fmt: skip


@pytest.mark.parametrize("dates", WORKED_EXAMPLES.values(), ids=WORKED_EXAMPLES)
def test_the_worked_examples_of_the_assessment(dates: tuple[str, ...]) -> None:
    received, decide, advise, no_plan, final, target = map(day, dates)
    facts = [
        Fact("request_received", received),
        Fact("assessment_decision_notified", decide, outcome="assess"),
        Fact("advice_requested", decide, "psychology"),
    ]

    deadlines = all_of(facts)

    assert {key: each.due for key, each in deadlines.items()} == {
        ("assessment.decision", ""): decide,
        ("assessment.advice", "psychology"): advise,
        ("assessment.no_plan_notice", ""): no_plan,
        ("assessment.final_plan", ""): final,
    }
    assert deadlines["assessment.final_plan", ""].target == target


def test_sixteen_weeks_of_the_published_case_with_the_ombudsmans_day_as_target() -> None:
    facts = [
        Fact("request_received", day("2023-05-18")),
        Fact("assessment_decision_notified", day("2023-06-29"), outcome="assess"),
    ]

    no_plan = found(facts, "assessment.no_plan_notice")

    assert no_plan.due == day("2023-09-07")
    assert no_plan.target == day("2023-09-06")


@pytest.mark.parametrize(
    ("limit", "start", "last"),
    [
        (Limit(6, Unit.WEEKS), "2012-05-01", "2012-06-12"),  # "within six weeks from"
        (Limit(6, Unit.WEEKS, inclusive=True), "2012-05-01", "2012-06-11"),  # "starting with"
        (Limit(15, Unit.DAYS, inclusive=True), "2026-11-09", "2026-11-23"),  # reg 13(1)(a)
        (Limit(18, Unit.WEEKS, inclusive=True), "2015-10-15", "2016-02-17"),  # 29 February between
        (Limit(2, Unit.MONTHS), "2025-12-29", "2026-02-28"),  # no corresponding date
        (Limit(12, Unit.MONTHS), "2024-02-29", "2025-02-28"),
        (Limit(12, Unit.MONTHS), "2026-03-31", "2027-03-31"),
        (Limit(1, Unit.MONTHS), "2026-01-31", "2026-02-28"),
        (Limit(1, Unit.MONTHS), "2028-01-31", "2028-02-29"),
        (Limit(3, Unit.WORKING_DAYS), "2026-04-02", "2026-04-09"),  # W18, over Easter
        (Limit(30, Unit.DAYS), "2026-06-03", "2026-07-03"),  # W19
        (Limit(15, Unit.WORKING_DAYS, inclusive=True), "2026-12-21", "2027-01-13"),
        (Limit(15, Unit.WORKING_DAYS), "2026-12-21", "2027-01-14"),
    ],
)
def test_the_rules_of_counting(limit: Limit, start: str, last: str) -> None:
    assert last_day(limit, day(start), CALENDAR) == day(last)


@given(DAYS, WHOLE_WEEKS)
@example(dt.date(2024, 2, 29), Limit(20, Unit.WEEKS))
@example(dt.date(2026, 3, 28), Limit(1, Unit.WEEKS))  # the clocks go forward on the 29th
@example(dt.date(2026, 10, 24), Limit(1, Unit.WEEKS))  # and back on the 25th
@example(dt.date(2026, 12, 25), Limit(6, Unit.WEEKS))
def test_weeks_end_on_the_same_day_of_the_week_and_never_roll_on(
    start: dt.date, limit: Limit
) -> None:
    last = last_day(limit, start, CALENDAR)

    assert last.weekday() == start.weekday()
    assert (last - start).days == 7 * limit.count


@given(DAYS, LIMITS)
def test_a_limit_never_ends_before_its_trigger(start: dt.date, limit: Limit) -> None:
    last = last_day(limit, start, CALENDAR)

    assert last >= start
    assert limit.inclusive or last > start


@given(st.lists(DAYS, min_size=2, max_size=2), LIMITS)
@example([dt.date(2026, 1, 30), dt.date(2026, 1, 31)], Limit(1, Unit.MONTHS))
@example([dt.date(2024, 2, 28), dt.date(2024, 2, 29)], Limit(12, Unit.MONTHS))
@example([dt.date(2026, 4, 2), dt.date(2026, 4, 3)], Limit(1, Unit.WORKING_DAYS))
def test_a_later_trigger_never_gives_an_earlier_last_day(
    starts: list[dt.date], limit: Limit
) -> None:
    earlier, later = sorted(starts)

    assert last_day(limit, earlier, CALENDAR) <= last_day(limit, later, CALENDAR)


@given(DAYS, st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
def test_beginning_with_ends_one_day_before_within(start: dt.date, count: int, unit: Unit) -> None:
    within = last_day(Limit(count, unit), start, CALENDAR)
    beginning = last_day(Limit(count, unit, inclusive=True), start, CALENDAR)

    no_such_day = unit == Unit.MONTHS and within.day != start.day  # both end with the month
    assert within - beginning == dt.timedelta(days=0 if no_such_day else 1)


@given(DAYS, st.integers(1, 40))
def test_beginning_with_counts_a_first_day_only_if_people_work_on_it(
    start: dt.date, count: int
) -> None:
    within = last_day(Limit(count, Unit.WORKING_DAYS), start, CALENDAR)
    beginning = last_day(Limit(count, Unit.WORKING_DAYS, inclusive=True), start, CALENDAR)

    if CALENDAR.is_working_day(start):
        assert beginning < within
    else:
        assert beginning == within


@given(DAYS, st.lists(st.integers(0, 40), min_size=len(STEPS), max_size=len(STEPS)))
def test_a_deadline_is_aimed_at_between_its_opening_and_its_last_day(
    start: dt.date, gaps: list[int]
) -> None:
    facts, on = [], start
    for (code, qualifier, outcome), gap in zip(STEPS, gaps, strict=True):
        on += dt.timedelta(days=gap)
        facts.append(Fact(code, on, qualifier, outcome))

    for deadline in derive(LAW, facts):
        anchor = next(each.on for each in facts if each.code == deadline.duty.anchor.code)
        assert anchor <= deadline.target <= deadline.due
        late = deadline.met is not None and deadline.met > deadline.due
        assert (deadline.state == Status.MET_LATE) == late


@given(st.permutations([Fact(code, dt.date(2026, 1, 5), *more) for code, *more in STEPS]))
def test_the_order_in_which_facts_are_entered_does_not_matter(facts: list[Fact]) -> None:
    in_order = [Fact(code, dt.date(2026, 1, 5), *more) for code, *more in STEPS]

    assert derive(LAW, facts) == derive(LAW, in_order)


def test_nothing_is_due_before_anything_has_happened() -> None:
    assert derive(LAW, []) == ()


def test_a_decision_for_an_assessment_meets_one_duty_and_opens_another() -> None:
    facts = [Fact("request_received", day("2026-01-05"))]
    before = set(all_of(facts))
    facts.append(Fact("assessment_decision_notified", day("2026-02-16"), outcome="assess"))

    after = all_of(facts)

    assert before == {("assessment.decision", ""), ("assessment.final_plan", "")}
    assert set(after) - before == {("assessment.no_plan_notice", "")}
    assert after["assessment.decision", ""].state == Status.MET


@pytest.mark.parametrize(("told", "state"), [("2026-02-16", "met"), ("2026-02-17", "met_late")])
def test_the_last_day_is_in_time_and_the_next_is_not(told: str, state: str) -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("assessment_decision_notified", day(told), outcome="assess"),
    ]

    assert found(facts, "assessment.decision").state == state


def test_a_refusal_takes_the_plans_limit_away() -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("assessment_decision_notified", day("2026-02-16"), outcome="refuse"),
    ]

    final = found(facts, "assessment.final_plan")

    assert (final.state, final.voided) == (Status.VOID, day("2026-02-16"))
    assert due(LAW, facts, "assessment.no_plan_notice") is None


@pytest.mark.parametrize("code", ["request_withdrawn", "moved_away"])
def test_a_case_that_ends_leaves_what_was_met_and_voids_the_rest(code: str) -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("assessment_decision_notified", day("2026-02-16"), outcome="assess"),
        Fact("advice_requested", day("2026-02-17"), "health"),
        Fact(code, day("2026-03-01")),
    ]

    states = {key: each.state for key, each in all_of(facts).items()}

    assert states == {
        ("assessment.decision", ""): Status.MET,
        ("assessment.advice", "health"): Status.VOID,
        ("assessment.no_plan_notice", ""): Status.VOID,
        ("assessment.final_plan", ""): Status.VOID,
    }


def test_each_adviser_has_six_weeks_of_their_own() -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("advice_requested", day("2026-02-16"), "health"),
        Fact("advice_requested", day("2026-02-20"), "psychology"),
        Fact("advice_received", day("2026-03-20"), "health"),
    ]

    health = found(facts, "assessment.advice", "health")
    psychology = found(facts, "assessment.advice", "psychology")

    assert (health.due, health.state) == (day("2026-03-30"), Status.MET)
    assert (psychology.due, psychology.state) == (day("2026-04-03"), Status.OPEN)


def test_a_draft_gives_the_family_fifteen_days_that_are_no_duty_of_theirs() -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("draft_plan_served", day("2026-11-09")),
    ]

    comments = found(facts, "assessment.representations")

    assert comments.duty.right
    assert comments.due == comments.target == day("2026-11-23")


def test_a_duty_that_was_not_yet_law_is_not_due() -> None:
    assert derive(LAW, [Fact("request_received", day("2014-08-31"))]) == ()
    assert derive(LAW, [Fact("request_received", day("2014-09-01"))]) != ()


@pytest.mark.parametrize(
    ("today", "excused", "stands"),
    [
        ("2026-02-16", False, Status.OPEN),
        ("2026-02-16", True, Status.OPEN),
        ("2026-02-17", False, Status.LATE),
        ("2026-02-17", True, Status.EXCUSED),
    ],
)
def test_an_open_deadline_is_late_on_the_day_after_its_last(
    today: str, stands: Status, *, excused: bool
) -> None:
    assert status("open", due=day("2026-02-16"), excused=excused, today=day(today)) == stands


@pytest.mark.parametrize("state", ["met", "met_late", "void"])
def test_what_is_settled_stands_whatever_the_day(state: str) -> None:
    far = dt.date(2099, 1, 1)

    assert status(state, due=day("2026-02-16"), excused=True, today=far) == state


def test_an_exception_excuses_its_duty_alone_and_moves_no_date() -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("advice_requested", day("2026-02-16"), "health"),
        Fact("advice_requested", day("2026-02-16"), "psychology"),
    ]
    claimed = LawfulException(
        "assessment.advice", "missed_appointment", day("2026-03-01"), day("2026-03-01"), "health"
    )

    excused = [each for each in derive(LAW, facts, [claimed]) if each.excused]

    assert [(each.duty.code, each.qualifier) for each in excused] == [
        ("assessment.advice", "health")
    ]
    assert excused[0].ground == "missed_appointment"
    assert excused[0].due == found(facts, "assessment.advice", "health").due
