"""A timer without a duty behind it is cancelled: all else goes on, and no token is lost."""

import datetime as dt

import pytest

from engine import errors
from engine.commands.cancel_timer import CancelTimer
from engine.commands.deliver_message import DeliverMessage
from engine.runtime.waits import OnlyTimer
from engine.store.tables import history, instances, timers
from engine.unit_of_work import TimerClosed
from engine.worker.timers import fire_due
from tests.support.diagrams import diagram, flows
from tests.support.moving import END, START, boundary, line, move_all, task, timer
from tests.support.office import ANN, Office

REMINDED = line("work", more=boundary("chase", "work", timer("timeCycle", "R3/P1W")))
LIMITED = line("work", more=boundary("limit", "work", timer("timeDuration", "P2W"), cancel="true"))
PAUSED = diagram(
    START + f'<intermediateCatchEvent id="pause" name="Wait a week">{timer("timeDuration", "P1W")}'
    "</intermediateCatchEvent>" + task("work") + END + flows("start", "pause", "work", "end")
)
EITHER = diagram(
    START + '<eventBasedGateway id="which"/><intermediateCatchEvent id="stopped" name="It stopped">'
    '<messageEventDefinition messageRef="m_stop"/></intermediateCatchEvent>'
    f'<intermediateCatchEvent id="late" name="Too late">{timer("timeDuration", "P1W")}'
    "</intermediateCatchEvent>"
    + task("work")
    + task("after")
    + END
    + flows("start", "which", "stopped", "work", "end")
    + flows("which", "late", "after", "end"),
    messages=["stop"],
)


def test_a_reminder_that_is_cancelled_has_no_further_round(office: Office) -> None:
    office.publish(REMINDED)
    office.start()
    office.pass_time(dt.timedelta(weeks=1))
    fire_due(office.executor)

    office.executor.execute(CancelTimer(office.timer("chase").id, "The panel knows"), ANN)
    office.pass_time(dt.timedelta(weeks=5))

    assert fire_due(office.executor) == 0
    assert office.domain.services.called == ["chase_service"]
    assert office.problems() == []
    office.complete("work")
    assert office.rows(instances)[0].status == "completed"


def test_a_limit_that_is_cancelled_ends_nothing(office: Office) -> None:
    office.publish(LIMITED)
    office.start()

    office.executor.execute(CancelTimer(office.timer("limit").id, "Agreed with the family"), ANN)
    office.pass_time(dt.timedelta(weeks=5))
    fire_due(office.executor)

    assert office.task("work").status == "open"
    assert [row.status for row in office.rows(timers)] == ["cancelled"]
    assert office.problems() == []


def test_history_says_who_cancelled_a_timer_and_why(small_office: Office) -> None:
    small_office.publish(LIMITED)
    small_office.start()

    small_office.executor.execute(CancelTimer(small_office.timer("limit").id, " Agreed "), ANN)

    (entry,) = small_office.rows(history, kind="TimerStopped")
    assert (entry.actor_id, entry.body["reason"], entry.body["name"]) == ("ann", "Agreed", "limit")


def test_a_timer_that_a_token_waits_for_alone_is_not_cancelled(small_office: Office) -> None:
    small_office.publish(PAUSED)
    small_office.start()
    before = small_office.everything()

    with pytest.raises(OnlyTimer, match="waits at “Wait a week” for nothing but this timer"):
        small_office.executor.execute(CancelTimer(small_office.timer("pause").id, "Now"), ANN)

    assert small_office.everything() == before


def test_a_timer_beside_another_event_is_cancelled_and_the_other_decides(office: Office) -> None:
    office.publish(EITHER)
    office.start()

    office.executor.execute(CancelTimer(office.timer("late").id, "We wait for it"), ANN)
    office.pass_time(dt.timedelta(weeks=3))
    fire_due(office.executor)
    office.executor.execute(DeliverMessage("stop", office.subject), ANN)

    assert office.task("work").status == "open"
    assert office.problems() == []


def test_a_cancelled_timer_stays_cancelled_in_another_version(small_office: Office) -> None:
    small_office.publish(REMINDED)
    small_office.start()
    small_office.executor.execute(CancelTimer(small_office.timer("chase").id, "Enough"), ANN)
    small_office.publish(
        line("check", "work", more=boundary("chase", "work", timer("timeCycle", "R3/P1W")))
    )

    move_all(small_office)

    assert [row.status for row in small_office.rows(timers)] == ["cancelled"]
    assert small_office.problems() == []


def test_a_timer_is_cancelled_once_and_with_a_reason(small_office: Office) -> None:
    small_office.publish(LIMITED)
    small_office.start()
    timer_id = small_office.timer("limit").id

    with pytest.raises(errors.Invalid, match="Give a reason"):
        small_office.executor.execute(CancelTimer(timer_id, "  "), ANN)
    small_office.executor.execute(CancelTimer(timer_id, "Agreed"), ANN)
    with pytest.raises(TimerClosed, match="is cancelled already"):
        small_office.executor.execute(CancelTimer(timer_id, "Agreed"), ANN)
