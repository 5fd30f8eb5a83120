"""The dates of reviews, transfers, disagreements and budgets, as the reference works them out."""

import datetime as dt

import pytest
from hypothesis import example, given, strategies as st

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.deadlines import Deadline, Status, derive, due
from workflows.duties.facts import Fact
from workflows.rulebook import load
from workflows.rulebook.model import Duty, Unit

LAW = load.current()
DAYS = st.dates(dt.date(2014, 9, 1), dt.date(2050, 12, 31))
TRIBUNAL = WorkingCalendar(closed=LAW.closed_days["tribunal"])


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def last(code: str, *facts: Fact, qualifier: str = "") -> str:
    return found(code, *facts, qualifier=qualifier).due.isoformat()


def found(code: str, *facts: Fact, qualifier: str = "") -> Deadline:
    deadline = due(LAW, facts, code, qualifier)
    assert deadline is not None, f"{code} is not open"
    return deadline


def test_w16_a_review_meeting_and_what_follows_it() -> None:
    planned = [
        Fact("review_started", day("2026-01-05"), "2026", "none"),
        Fact("review_meeting_planned", day("2026-02-04"), "2026"),
    ]
    held = [*planned, Fact("review_meeting_held", day("2026-02-04"), "2026")]
    decided = [
        *held,
        Fact("review_decision_notified", day("2026-03-04"), "2026", "amend"),
        Fact("amendment_notice_sent", day("2026-03-04"), "2026"),
    ]

    assert last("review.invite", *planned, qualifier="2026") == "2026-01-21"
    assert last("review.circulate", *planned, qualifier="2026") == "2026-01-21"
    assert last("review.report", *held, qualifier="2026") == "2026-02-18"
    assert last("review.decision", *held, qualifier="2026") == "2026-03-04"
    assert last("review.amendment_notice", *decided, qualifier="2026") == "2026-03-04"
    assert last("review.final_plan", *decided, qualifier="2026") == "2026-04-29"
    assert last("review.whole", *decided, qualifier="2026") == "2026-04-29"
    assert last("review.representations", *decided, qualifier="2026") == "2026-03-18"


def test_w17_an_order_to_assess() -> None:
    order = Fact("tribunal_order_made", day("2026-10-05"), "refused", "assess")

    assert last("order.tell", order, qualifier="refused") == "2026-10-19"
    assert last("order.no_plan", order, qualifier="refused") == "2026-12-14"
    assert last("order.plan_after_assessment", order, qualifier="refused") == "2027-01-11"


def test_the_tribunal_may_direct_another_day_and_an_agreement_may_set_one() -> None:
    order = Fact("tribunal_order_made", day("2026-10-05"), "plan", "make_plan")
    directed = Fact("tribunal_day_directed", day("2026-11-30"), "plan")
    agreement = Fact("agreement_reached", day("2026-10-05"), "plan", "amend")
    agreed = Fact("agreement_day_agreed", day("2026-12-18"), "plan")

    assert last("order.draft", order, qualifier="plan") == "2026-11-09"
    assert last("order.plan", order, qualifier="plan") == "2026-12-21"
    assert last("order.draft", order, directed, qualifier="plan") == "2026-11-30"
    assert last("agreement.amend", agreement, qualifier="plan") == "2026-11-09"
    assert last("agreement.amend", agreement, agreed, qualifier="plan") == "2026-12-18"


def test_w18_and_w19_certificates_and_mediation() -> None:
    declined = Fact("mediation_declined", day("2026-04-02"), "plan")
    asked = Fact("mediation_requested", day("2026-06-03"), "plan", "education")
    health = Fact("mediation_requested", day("2026-06-03"), "plan", "health")
    told = Fact("health_told", day("2026-06-08"), "plan", "health")

    assert last("mediation.certificate", declined, qualifier="plan") == "2026-04-09"
    assert last("mediation.arrange", asked, qualifier="plan") == "2026-07-03"
    assert last("mediation.tell_health", health, qualifier="plan") == "2026-06-08"
    assert last("mediation.arrange_health", health, told, qualifier="plan") == "2026-07-08"
    assert due(LAW, [health], "mediation.arrange", "plan") is None


@pytest.mark.parametrize(
    ("sent", "certified", "last_day"),
    [
        ("2026-02-10", "", "2026-04-10"),  # two months
        ("2026-02-10", "2026-03-30", "2026-04-30"),  # a month from the certificate is later
        ("2026-02-10", "2026-02-20", "2026-04-10"),  # two months are later
        ("2026-06-15", "", "2026-09-01"),  # 15 August: the first working day after it
        ("2026-10-28", "", "2027-01-04"),  # 28 December: a Monday in January
        ("2025-12-29", "", "2026-03-02"),  # 28 February is a Saturday
        ("2026-02-05", "2026-03-04", "2026-04-07"),  # Easter Sunday is the 5th
    ],
)
def test_the_window_for_an_appeal(sent: str, certified: str, last_day: str) -> None:
    facts = [Fact("decision_notice_sent", day(sent), "no_plan")]
    if certified:
        facts.append(Fact("mediation_certificate_issued", day(certified), "no_plan"))

    assert last("appeal.window", *facts, qualifier="no_plan") == last_day


def test_august_and_christmas_do_not_count_for_the_response() -> None:
    july = Fact("appeal_sent_to_authority", day("2026-07-20"), "plan")
    december = Fact("appeal_sent_to_authority", day("2026-12-14"), "plan")

    assert last("appeal.response", july, qualifier="plan") == "2026-09-29"
    assert last("appeal.response", december, qualifier="plan") == "2027-02-02"


@given(DAYS)
@example(dt.date(2024, 2, 29))
@example(dt.date(2026, 6, 30))
@example(dt.date(2026, 10, 25))
def test_an_appeal_is_never_due_on_a_day_on_which_the_tribunal_does_not_work(sent: dt.date) -> None:
    window = found("appeal.window", Fact("decision_notice_sent", sent, "plan"), qualifier="plan")

    assert TRIBUNAL.is_working_day(window.due)
    assert window.due > sent + dt.timedelta(days=58)


@pytest.mark.parametrize(
    ("notice", "start", "plan", "no_plan"),
    [
        ("2015-08-31", "2015-09-14", "2015-12-20", "2015-11-22"),  # 14 and 10 weeks
        ("2015-09-01", "2015-10-15", "2016-02-17", "2016-01-20"),  # 18 and 14 weeks
        ("2015-08-01", "2015-10-15", "2016-01-20", "2015-12-23"),  # it is the notice that decides
    ],
)
def test_the_law_on_the_day_of_the_notice_times_a_transfer(
    notice: str, start: str, plan: str, no_plan: str
) -> None:
    facts = [
        Fact("transfer_notice_sent", day(notice)),
        Fact("transfer_review_started", day(start)),
    ]

    assert last("transfer.final_plan", *facts) == plan
    assert last("transfer.no_plan_notice", *facts) == no_plan


def test_the_fixed_dates_of_the_transfer() -> None:
    expected = Fact("transfer_phase_expected", day("2016-09-05"))
    for cohort, code, last_day in (
        ("post_16", "transfer.post_16", "2016-03-30"),
        ("phase", "transfer.phase", "2016-02-14"),
        ("year_9", "transfer.year_9", "2016-08-31"),
        ("other", "transfer.all", "2018-03-31"),
        ("lda", "transfer.learning_difficulty", "2016-08-31"),
        ("post_16_2015", "transfer.post_16_2015", "2015-05-30"),
    ):
        opened = Fact("transfer_case_opened", day("2015-01-12"), outcome=cohort)
        assert last(code, opened, expected) == last_day


def test_the_notice_of_a_transfer_goes_two_weeks_before() -> None:
    facts = [
        Fact("transfer_case_opened", day("2015-09-01"), outcome="other"),
        Fact("transfer_review_planned", day("2015-10-15")),
    ]

    assert last("transfer.notice", *facts) == "2015-10-01"


def test_a_phase_transfer_ends_before_its_day_in_the_year_of_the_move() -> None:
    moves = Fact("phase_transfer_expected", day("2027-09-01"), "2026")

    for phase, code, last_day in (
        ("post_16", "review.phase_transfer_post_16", "2027-03-30"),
        ("phase", "review.phase_transfer", "2027-02-14"),
    ):
        started = Fact("review_started", day("2026-10-01"), "2026", phase)
        assert last(code, started, moves, qualifier="2026") == last_day
    proposed = Fact("move_proposed", day("2027-01-31"), "2026")
    started = Fact("review_started", day("2026-06-01"), "2026", "post_16_move")
    assert last("review.post_16_move", started, proposed, qualifier="2026") == "2026-08-31"


def test_moves_between_authorities() -> None:
    moved = Fact("family_moved", day("2026-12-01"))
    late = Fact("move_known", day("2026-12-21"))
    early = Fact("move_known", day("2026-10-01"))
    received = Fact("plan_received", day("2026-11-02"))
    made = Fact("earlier_plan_made", day("2026-10-20"))
    old = Fact("earlier_plan_made", day("2025-12-01"))

    assert last("move.transfer_plan", moved) == "2026-12-01"
    assert last("move.transfer_plan", moved, early) == "2026-12-01"
    assert last("move.transfer_plan", moved, late) == "2027-01-13"
    assert last("move.tell_family", received) == "2026-12-14"
    assert last("move.review", received, made) == "2027-10-19"
    assert last("move.review", received, old) == "2027-02-01"


def test_the_three_reviews_of_direct_payments_run_apart() -> None:
    facts = [
        Fact("direct_payments_started", day("2026-11-30")),
        Fact("health_payments_started", day("2026-11-30")),
        Fact("social_care_payments_started", day("2026-11-30"), outcome="adult"),
        Fact("direct_payments_review_scheduled", day("2026-11-30"), "2027"),
    ]

    assert last("budget.first_review", *facts) == "2027-02-28"
    assert last("budget.health_first_review", *facts) == "2027-02-28"
    assert last("budget.social_care_first_review", *facts) == "2027-05-30"
    assert last("budget.annual_review", *facts, qualifier="2027") == "2027-11-30"


def test_a_child_has_no_six_month_review_of_social_care_payments() -> None:
    fact = Fact("social_care_payments_started", day("2026-11-30"), outcome="child")

    assert due(LAW, [fact], "budget.social_care_first_review") is None


def test_a_decision_that_took_the_duty_away_is_not_undone_by_what_follows_later() -> None:
    facts = [
        Fact("request_received", day("2026-01-05")),
        Fact("assessment_decision_notified", day("2026-02-02"), outcome="refuse"),
        Fact("final_plan_sent", day("2026-11-02")),
    ]

    plan = found("assessment.final_plan", *facts)

    assert (plan.state, plan.met, plan.voided) == (Status.VOID, None, day("2026-02-02"))


def test_nothing_is_met_before_it_opens() -> None:
    facts = [
        Fact("mediation_certificate_issued", day("2026-03-02"), "plan"),
        Fact("mediation_held", day("2026-04-01"), "plan"),
    ]

    assert found("mediation.certificate_after", *facts, qualifier="plan").state == Status.OPEN


def facts_of(duty: Duty, opened: dt.date, anchor: dt.date) -> list[Fact]:
    qualifier = "q" if duty.per_qualifier else ""
    trigger = duty.opens_on[0]
    facts = [Fact(trigger.code, opened, qualifier, trigger.outcome)]
    if duty.anchor.code != trigger.code:
        facts.append(Fact(duty.anchor.code, anchor, qualifier, duty.anchor.outcome))
    return facts


@pytest.mark.parametrize("number", range(len(LAW.duties)))
@given(start=DAYS, gap=st.integers(0, 500))
@example(start=dt.date(2024, 2, 29), gap=366)
def test_every_duty_opens_is_met_in_time_met_late_and_voided(
    number: int, start: dt.date, gap: int
) -> None:
    duty = LAW.duties[number]
    start = min(max(start, duty.in_force_from), duty.in_force_to or dt.date.max)
    anchor = start + dt.timedelta(days=gap)
    if duty.in_force_to and not duty.in_force_by:
        anchor = min(anchor, duty.in_force_to)
    facts = facts_of(duty, start, anchor)
    if duty.in_force_by and duty.in_force_by not in {each.code for each in facts}:
        facts.append(Fact(duty.in_force_by, start))
    qualifier = "q" if duty.per_qualifier else ""

    def state(*more: Fact) -> Deadline:
        same = [*facts, *more]
        return next(
            each
            for each in derive(LAW, same)
            if (each.duty.code, each.qualifier) == (duty.code, qualifier)
        )

    deadline = state()
    assert deadline.duty == duty
    assert deadline.state == Status.OPEN
    assert deadline.target <= deadline.due
    met, last = duty.met_by[0], max(deadline.due, start)
    fact = Fact(met.code, last, qualifier, met.outcome)
    assert state(fact).met == last
    assert state(fact).state == (Status.MET if deadline.due >= start else Status.MET_LATE)
    late = Fact(met.code, last + dt.timedelta(days=1), qualifier, met.outcome)
    assert state(late).state == Status.MET_LATE
    for void in duty.void_by:
        assert state(Fact(void.code, start, "", void.outcome)).state == Status.VOID
    if duty.limit.unit == Unit.WEEKS and not duty.limit.inclusive and not duty.agreed_by:
        since = next(each.on for each in facts if each.code == duty.anchor.code)
        assert deadline.due.weekday() == since.weekday()
