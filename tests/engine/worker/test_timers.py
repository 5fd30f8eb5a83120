"""Workers fire what is due: once, in order, late if need be, never what is suspended."""

import datetime as dt
from itertools import pairwise

import pytest

from engine import errors
from engine.commands.cancel_instance import CancelInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.fire_timer import FireTimer, NotDue
from engine.commands.reschedule_timer import RescheduleTimer
from engine.commands.resume_instance import ResumeInstance
from engine.commands.suspend_instance import SuspendInstance
from engine.store.tables import history, timers
from engine.unit_of_work import Suspended, TimerClosed
from engine.worker.timers import fire_due
from tests.support.diagrams import diagram, flows
from tests.support.office import ANN, Office

DAY = dt.timedelta(days=1)


def reminded(definition: str) -> bytes:
    return diagram(
        '<startEvent id="start"/><userTask id="work"/><endEvent id="end"/>'
        '<boundaryEvent id="event" attachedToRef="work" cancelActivity="false">'
        f"<timerEventDefinition>{definition}</timerEventDefinition></boundaryEvent>"
        '<serviceTask id="remind" camunda:type="external" camunda:topic="remind"/>'
        '<endEvent id="reminded"/>'
        + flows("start", "work", "end")
        + flows("event", "remind", "reminded")
    )


@pytest.fixture
def desk(office: Office) -> Office:
    """An office with one task that is reminded of after a week."""
    office.publish(reminded("<timeDuration>P7D</timeDuration>"))
    office.start()
    return office


def test_nothing_fires_before_it_is_due(desk: Office) -> None:
    desk.pass_time(7 * DAY - dt.timedelta(seconds=1))

    assert fire_due(desk.executor) == 0
    with pytest.raises(NotDue):
        desk.executor.execute(FireTimer(desk.timer().id), ANN)


def test_a_timer_that_fires_late_records_when_it_was_due(desk: Office) -> None:
    due = desk.timer().due_at
    desk.pass_time(30 * DAY)

    assert fire_due(desk.executor) == 1

    (fired,) = (row for row in desk.rows(history) if row.kind == "TimerFired")
    assert dt.datetime.fromisoformat(fired.body["due_at"]) == due
    assert fired.at == desk.clock.now() > due
    assert fire_due(desk.executor) == 0


def test_every_round_of_a_cycle_is_fired_after_a_long_sleep(office: Office) -> None:
    office.publish(reminded("<timeCycle>R3/P1W</timeCycle>"))
    office.start()
    office.pass_time(100 * DAY)

    assert fire_due(office.executor) == 3

    fired = [row for row in office.rows(history) if row.kind == "TimerFired"]
    due = [dt.datetime.fromisoformat(row.body["due_at"]) for row in fired]
    assert [later - earlier for earlier, later in pairwise(due)] == [7 * DAY] * 2
    assert office.problems() == []


def test_a_suspended_instance_sleeps_and_catches_up(desk: Office) -> None:
    instance, task = desk.timer().instance_id, desk.task()
    desk.executor.execute(SuspendInstance(instance, "The file is with the tribunal"), ANN)
    desk.pass_time(8 * DAY)

    assert fire_due(desk.executor) == 0
    with pytest.raises(Suspended):
        desk.executor.execute(CompleteTask(task.id, {}), ANN)

    desk.executor.execute(ResumeInstance(instance, "It is back"), ANN)
    assert fire_due(desk.executor) == 1
    assert desk.problems() == []


def test_a_timer_is_moved_only_with_a_reason_and_into_the_future(desk: Office) -> None:
    timer, before = desk.timer(), desk.everything()
    now = desk.clock.now()

    for due, reason in ((now + DAY, " "), (now - DAY, "The school is closed")):
        with pytest.raises(errors.Invalid):
            desk.executor.execute(RescheduleTimer(timer.id, due, reason), ANN)
    assert desk.everything() == before

    desk.executor.execute(RescheduleTimer(timer.id, now + DAY, "The school is closed"), ANN)
    desk.pass_time(DAY)

    assert fire_due(desk.executor) == 1
    moved = next(row for row in desk.rows(history) if row.kind == "TimerRescheduled")
    assert moved.body["reason"] == "The school is closed"


def test_a_timer_fired_by_hand_is_not_fired_again(desk: Office) -> None:
    timer = desk.timer()
    desk.executor.execute(FireTimer(timer.id, by_hand=True, reason="They asked for it"), ANN)
    desk.pass_time(8 * DAY)

    assert fire_due(desk.executor) == 0
    with pytest.raises(TimerClosed):
        desk.executor.execute(FireTimer(timer.id, by_hand=True, reason="Again"), ANN)


def test_a_cancelled_instance_leaves_no_timer(desk: Office) -> None:
    desk.executor.execute(CancelInstance(desk.timer().instance_id, "Moved away"), ANN)
    desk.pass_time(8 * DAY)

    assert fire_due(desk.executor) == 0
    assert [row.status for row in desk.rows(timers)] == ["cancelled"]
    assert desk.problems() == []


def test_a_timer_that_leads_nowhere_does_not_stop_the_others(office: Office) -> None:
    office.publish(
        reminded("<timeDuration>P7D</timeDuration>"),
        diagram(
            '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>'
            '<boundaryEvent id="lost" attachedToRef="t" cancelActivity="false">'
            "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
            '</boundaryEvent><exclusiveGateway id="which" name="Which way?"/><endEvent id="x"/>'
            '<sequenceFlow id="way" sourceRef="which" targetRef="x">'
            '<conditionExpression xsi:type="tFormalExpression">${1 == 2}</conditionExpression>'
            "</sequenceFlow>" + flows("s", "t", "e") + flows("lost", "which"),
            "poisoned",
        ),
    )
    office.start("poisoned")
    office.start()
    office.pass_time(8 * DAY)

    assert fire_due(office.executor) == 1

    failed = office.timer("lost")
    assert (failed.failures, failed.status) == (1, "waiting")
    with pytest.raises(errors.Invalid, match="cannot go on at “Which way"):
        office.executor.execute(FireTimer(failed.id), ANN)


def test_a_timer_that_fails_does_not_hold_up_the_others(desk: Office) -> None:
    desk.start()
    desk.pass_time(8 * DAY)
    desk.domain.refuses = True

    assert fire_due(desk.executor) == 0
    assert {row.failures for row in desk.rows(timers)} == {1}

    desk.domain.refuses = False
    assert fire_due(desk.executor) == 0, "not at once again"
    desk.pass_time(DAY)
    assert fire_due(desk.executor) == 2
