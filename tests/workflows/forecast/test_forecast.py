"""A process of known durations has the finish, the chance and the driver that arithmetic says."""

import datetime as dt

import pytest

from tests.support.diagrams import diagram, flows
from tests.support.forecasts import (
    CASE,
    CLERKS,
    MONDAY,
    always,
    evenly,
    forecast,
    knowledge,
    lessons,
    open_task,
    prepared,
    sent,
    sequence,
    situation,
    task,
    with_id,
    working_days,
)
from workflows.duties.facts import Fact
from workflows.forecast import forecast as forecasts
from workflows.forecast.queue import Throughput
from workflows.forecast.work import Haste, Hastened

PSYCHOLOGY = "educational_psychology"
NEAR = 2  # working days that a thousand draws may be beside


def fork(*ids: str) -> str:
    ways = "".join(flows("fork", each, "join") for each in ids)
    return (
        '<parallelGateway id="fork"/><parallelGateway id="join"/>'
        + "".join(task(each) for each in ids)
        + sent()
        + flows("begun", "fork")
        + ways
        + flows("join", "sent", "over")
    )


def question(yes: str, no: str, *, back: bool = False) -> str:
    """A question, asked by `ask`; `back` leads from no to the question again."""
    form = (
        '<extensionElements><camunda:formData><camunda:formField id="answer" label="?" type="enum">'
        '<camunda:value id="yes" name="Yes"/><camunda:value id="no" name="No"/>'
        "</camunda:formField></camunda:formData></extensionElements>"
    )
    condition = (
        '<conditionExpression xsi:type="tFormalExpression">${answer == "no"}</conditionExpression>'
    )
    body = (
        task("ask", form)
        + '<exclusiveGateway id="gate" name="Yes?" default="gate_yes"/>'
        + f'<sequenceFlow id="gate_yes" sourceRef="gate" targetRef="{yes}"/>'
        + f'<sequenceFlow id="gate_no" sourceRef="gate" targetRef="{"ask" if back else no}">{condition}'
        + "</sequenceFlow>"
        + flows("begun", "ask", "gate")
        + sent()
        + flows("sent", "over")
    )
    return body + ("" if back else task(no) + flows(no, "sent"))


def test_steps_one_after_the_other_add_up_in_working_days() -> None:
    known = sequence("draft", "check")
    learned = lessons({"draft": always(3), "check": always(4)})

    found = forecast(known, learned, situation(open_task("draft")))

    assert found.p50 == found.p80 == dt.date(2026, 1, 14)  # Wednesday, after one weekend


def test_bank_holidays_are_no_working_days() -> None:
    known = sequence("draft")
    today = dt.date(2026, 4, 2)  # the day before Good Friday
    case = situation(open_task("draft", since=today), today=today)

    assert forecast(known, lessons({"draft": always(1)}), case).p50 == dt.date(2026, 4, 7)


def test_of_parallel_work_the_last_counts() -> None:
    known = prepared(fork("left", "right"), "left", "right")
    learned = lessons({"left": evenly(100), "right": evenly(100)})
    both = (open_task("left"), with_id(open_task("right"), 2))

    found = forecast(known, learned, situation(*both, due=dt.date(2027, 6, 1)))

    assert working_days(found.p50) == pytest.approx(100 * 0.5**0.5, abs=NEAR)
    assert working_days(found.p80) == pytest.approx(100 * 0.8**0.5, abs=NEAR)


def test_a_join_does_not_wait_for_a_branch_that_has_arrived() -> None:
    known = prepared(fork("left", "right"), "left", "right")
    learned = lessons({"left": always(2), "right": always(50)})

    found = forecast(known, learned, situation(open_task("left")))

    assert working_days(found.p80) == 2


def test_time_already_spent_conditions_what_remains() -> None:
    known = sequence("draft")
    since = MONDAY - dt.timedelta(days=70)
    spent = -working_days(since)

    found = forecast(
        known, lessons({"draft": evenly(100)}), situation(open_task("draft", since=since))
    )

    assert working_days(found.p50) == pytest.approx((100 - spent) / 2, abs=NEAR)


def test_what_takes_longer_than_anything_before_needs_as_long_again() -> None:
    known = sequence("draft")
    since = MONDAY - dt.timedelta(days=300)

    found = forecast(
        known, lessons({"draft": always(8)}), situation(open_task("draft", since=since))
    )

    assert working_days(found.p50) == 8


def test_questions_part_the_draws_by_the_answers_that_are_given_here() -> None:
    known = prepared(question("sent", "more"), "ask", "more")
    learned = lessons(
        {"ask": always(1), "more": always(50)}, answers={("ask", "answer"): {"yes": 700, "no": 300}}
    )
    due = dt.date(2026, 2, 2)

    found = forecast(known, learned, situation(open_task("ask"), due=due))

    assert found.chance_late == pytest.approx(0.3, abs=0.01)
    assert working_days(found.p50) == 1
    assert working_days(found.p80) == 51


def test_a_loop_ends_even_where_the_answer_is_always_no() -> None:
    known = prepared(question("sent", "", back=True), "ask")
    learned = lessons({"ask": always(1)}, answers={("ask", "answer"): {"no": 10**9}})

    found = forecast(known, learned, situation(open_task("ask")))

    assert 2 <= working_days(found.p50) <= 10


def test_a_loop_is_gone_through_as_often_as_it_is_here() -> None:
    known = prepared(question("sent", "", back=True), "ask")
    learned = lessons({"ask": always(10)}, answers={("ask", "answer"): {"no": 10**6, "yes": 10**6}})

    found = forecast(known, learned, situation(open_task("ask")))

    assert working_days(found.p50) == 10
    assert working_days(found.p80) == 30  # half, a quarter, an eighth


def test_a_date_that_interrupts_ends_the_waiting() -> None:
    timer = (
        '<boundaryEvent id="late" name="Time over" attachedToRef="draft"><timerEventDefinition>'
        "<timeDuration>P14D</timeDuration></timerEventDefinition></boundaryEvent>"
    )
    body = task("draft") + timer + sent() + flows("begun", "draft", "sent", "over")
    known = prepared(body + flows("late", "sent"), "draft")

    found = forecast(known, lessons({"draft": always(60)}), situation(open_task("draft")))

    assert found.p50 == found.p80 == MONDAY + dt.timedelta(days=14)


def test_a_limit_of_the_law_that_is_not_open_yet_is_reckoned_from_when_it_will_be() -> None:
    timer = (
        '<boundaryEvent id="over_time" name="Period is over" attachedToRef="comment">'
        "<timerEventDefinition><timeDate>${after(due('assessment.representations'), 'P1D')}</timeDate>"
        "</timerEventDefinition></boundaryEvent>"
    )
    body = (
        task("draft") + sent("served", "draft_plan_served") + task("comment") + timer + sent()
        + flows("begun", "draft", "served", "comment", "sent", "over") + flows("over_time", "sent")
    )  # fmt: skip
    known = prepared(body, "draft", "comment")
    learned = lessons({"draft": always(5), "comment": always(200)})
    received = (Fact("request_received", dt.date(2025, 12, 1)),)

    found = forecast(known, learned, situation(open_task("draft"), facts=received))

    served = dt.date(2026, 1, 12)
    assert found.p50 == served + dt.timedelta(
        days=15
    )  # 15 days beginning with it, and the day after


def test_what_is_called_is_walked_for_each_item_and_the_last_counts() -> None:
    called = diagram(
        '<startEvent id="asked"/><userTask id="answer_it" name="Answer" '
        'camunda:candidateGroups="${adviser.role}"/><endEvent id="answered"/>'
        + flows("asked", "answer_it", "answered"),
        "inner",
    )
    body = (
        '<callActivity id="all" name="All" calledElement="inner"><multiInstanceLoopCharacteristics '
        'camunda:collection="${advisers}" camunda:elementVariable="adviser"/></callActivity>'
         '<scriptTask id="list" name="List" scriptFormat="cel"><script>advisers = []</script></scriptTask>'
        + sent() + flows("begun", "list", "all", "sent", "over")
    )  # fmt: skip
    known = prepared(body, inner=called)
    durations = {("answer_it", "health"): always(10), ("answer_it", "social_care"): always(20)}
    learned = lessons({}).__class__(durations)
    two = [{"label": "Health", "role": "health"}, {"label": "Social care", "role": "social_care"}]
    case = situation(others=("list",), variables={"advisers": two})

    found = forecast(known, learned, case)
    waiting = situation(open_task("answer_it", role="health", label="Health"))

    assert working_days(found.p50) == 20
    assert found.driver == ("Social care", 1.0)
    assert working_days(forecast(known, learned, waiting).p50) == 10


def test_a_queue_is_its_place_over_what_is_done_in_a_week() -> None:
    known = sequence("draft")
    learned = lessons({}, queues={(PSYCHOLOGY, ""): Throughput(5.0, 100.0, taken=False)})
    task_in = open_task("draft", role=PSYCHOLOGY, place=20)

    found = forecast(known, learned, situation(task_in))

    assert working_days(found.p50) == pytest.approx(20, abs=NEAR)


def test_where_takings_are_recorded_the_report_comes_after_the_turn() -> None:
    known = sequence("draft")
    learned = lessons({}, queues={(PSYCHOLOGY, ""): Throughput(5.0, 100.0, taken=True)})
    learned = learned.__class__(taking={("draft", PSYCHOLOGY): always(30)}, queues=learned.queues)
    waiting = open_task("draft", role=PSYCHOLOGY, place=20)
    in_hand = open_task("draft", role=PSYCHOLOGY, taken=MONDAY)

    assert working_days(forecast(known, learned, situation(waiting)).p50) == pytest.approx(
        50, abs=NEAR
    )
    assert working_days(forecast(known, learned, situation(in_hand)).p50) == 30


def test_the_chance_to_be_late_is_the_share_of_draws_after_the_date() -> None:
    known, learned = sequence("draft"), lessons({"draft": evenly(100)})
    due = MONDAY + dt.timedelta(days=70)

    found = forecast(known, learned, situation(open_task("draft"), due=due))

    assert found.chance_late == pytest.approx(1 - working_days(due) / 100, abs=0.02)


def test_a_lawful_exception_lifts_the_limit() -> None:
    known, learned = sequence("draft"), lessons({"draft": always(50)})
    case = situation(open_task("draft"), due=MONDAY, excused=True)

    assert forecast(known, learned, case).chance_late == 0.0


def test_a_limit_that_has_passed_is_late_for_certain() -> None:
    known, learned = sequence("draft"), lessons({"draft": always(1)})
    case = situation(open_task("draft"), due=MONDAY - dt.timedelta(days=1))

    assert forecast(known, learned, case).chance_late == 1.0


def test_a_way_that_takes_the_duty_away_is_not_late() -> None:
    body = question("sent", "more").replace(flows("more", "sent"), "") + sent(
        "told", "plan_decision_notified:no"
    )
    known = prepared(body + flows("more", "told", "over"), "ask", "more")
    learned = lessons(
        {"ask": always(1), "more": always(1)}, answers={("ask", "answer"): {"no": 10**9}}
    )

    found = forecast(known, learned, situation(open_task("ask"), due=dt.date(2026, 1, 20)))

    assert found.chance_late == 0.0
    assert found.months[0].in_time == found.months[0].late == 0.0


def test_the_driver_is_what_takes_most_of_the_time_that_is_left() -> None:
    known = sequence("draft", "check")
    learned = lessons({"draft": always(30), "check": always(10)})

    found = forecast(known, learned, situation(open_task("draft")))

    assert found.drivers == (("Draft", 0.75), ("Check", 0.25))


def test_of_parallel_work_only_what_holds_up_is_the_driver() -> None:
    known = prepared(fork("left", "right"), "left", "right")
    learned = lessons({"left": always(5), "right": always(20)})
    both = (open_task("left"), with_id(open_task("right"), 2))

    assert forecast(known, learned, situation(*both)).drivers == (("Right", 1.0),)


def test_the_months_tell_where_the_plan_falls() -> None:
    known, learned = sequence("draft"), lessons({"draft": always(25)})

    found = forecast(known, learned, situation(open_task("draft"), due=dt.date(2026, 2, 1)))

    assert (found.months[0].in_time, found.months[0].late) == (0.0, 0.0)
    assert (found.months[1].in_time, found.months[1].late) == (0.0, 1.0)


def test_the_same_case_gets_the_same_numbers_at_every_look() -> None:
    known, learned = sequence("draft", "check"), lessons({"draft": evenly(9), "check": evenly(9)})
    case = situation(open_task("draft"))

    assert forecast(known, learned, case) == forecast(known, learned, case)
    assert case.case_id == CASE


def test_a_step_that_is_hastened_lowers_the_chance() -> None:
    known, learned = sequence("draft"), lessons({"draft": evenly(100)})
    case = situation(open_task("draft"), due=MONDAY + dt.timedelta(days=28))
    hastened = Hastened({("draft", CLERKS): Haste.QUICK})
    panel = Hastened({("draft", CLERKS): Haste.THIS_WEEK})

    assert forecasts.chance_late(case, knowledge(known, learned), Hastened()) > 0.7
    assert forecasts.chance_late(case, knowledge(known, learned), hastened) < 0.1
    assert forecasts.chance_late(case, knowledge(known, learned), panel) == 0.0
