"""Instances run as their diagrams are drawn, saved and loaded between all steps."""

import datetime as dt

import pytest

from engine import changes
from engine.runtime.run import NeverWaits
from tests.support.diagrams import Machine, bundle, diagram, flows

START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'
FORM = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="answer" label="Answer" type="string"/>'
    "</camunda:formData></extensionElements>"
)


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def service(name: str) -> str:
    return f'<serviceTask id="{name}" camunda:type="external" camunda:topic="{name}"/>'


def beside(cancel: str, definition: str) -> Machine:
    """A task with a boundary event that leads to a service."""
    body = (
        START
        + '<userTask id="work"/>'
        + END
        + f'<boundaryEvent id="event" attachedToRef="work" cancelActivity="{cancel}">{definition}'
        + "</boundaryEvent>"
        + service("remind")
        + '<endEvent id="reminded"/>'
        + flows("start", "work", "end")
        + flows("event", "remind", "reminded")
    )
    return Machine(bundle(diagram(body, messages=["stop"])))


def test_a_timer_beside_a_task_leaves_it_open() -> None:
    machine = beside("false", timer("timeDuration", "P2W"))

    machine.fire("event")

    assert machine.context.called == ["remind"]
    assert machine.tasks == ["work"]
    assert machine.timers == []
    machine.complete("work")
    assert machine.ended == "end"


def test_a_timer_that_interrupts_ends_the_task() -> None:
    machine = beside("true", timer("timeDuration", "P2W"))

    machine.fire("event")

    assert machine.tasks == []
    assert [each.element_id for each in machine.of(changes.TaskCancelled)] == ["work"]
    assert machine.ended == "reminded"


def test_a_duration_counts_days_of_london_over_a_change_of_the_clocks() -> None:
    machine = beside("false", timer("timeDuration", "P12W"))

    due = machine.of(changes.TimerSet)[0].due_at

    assert due == dt.datetime(2026, 3, 30, 8, tzinfo=dt.UTC)


def test_a_cycle_fires_as_often_as_it_says() -> None:
    machine = beside("false", timer("timeCycle", "R2/P1W"))

    machine.fire("event")
    machine.fire("event")

    dates = [each.due_at.day for each in machine.of(changes.TimerSet)]
    assert dates == [12, 19]
    assert machine.timers == []
    assert len({each.timer_id for each in machine.of(changes.TimerSet)}) == 2
    machine.complete("work")
    assert machine.ended == "end"


def test_a_cycle_without_end_fires_until_its_task_is_done() -> None:
    machine = beside("false", timer("timeCycle", "R/P1W"))

    for _ in range(7):
        machine.fire("event")
    machine.complete("work")

    assert machine.context.called == ["remind"] * 7
    assert machine.of(changes.TimerCancelled)
    assert machine.ended == "end"


def test_a_timer_without_a_date_sleeps_until_there_is_one() -> None:
    machine = beside("false", timer("timeDate", "${due('law')}"))
    assert machine.of(changes.TimerSet)[0].due_at is None

    machine.context.dates["law"] = dt.date(2026, 7, 1)
    machine.recompute()

    moved = machine.of(changes.TimerRescheduled)
    assert [each.due_at for each in moved] == [dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)]


def test_a_timer_that_fires_late_tells_when_it_was_due() -> None:
    machine = beside("false", timer("timeDuration", "P1W"))
    machine.now += dt.timedelta(days=30)

    machine.fire("event")

    assert machine.of(changes.TimerFired)[0].due_at == dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)


def test_a_message_that_interrupts_ends_the_task_and_brings_its_payload() -> None:
    machine = beside("true", '<messageEventDefinition messageRef="m_stop"/>')

    machine.deliver("event", why="enough")

    assert machine.tasks == []
    assert machine.run.variables["why"] == "enough"


def test_an_event_based_gateway_takes_what_comes_first() -> None:
    body = (
        START + END + '<eventBasedGateway id="first"/>'
        '<intermediateCatchEvent id="answered"><messageEventDefinition messageRef="m_answer"/>'
        "</intermediateCatchEvent>"
        f'<intermediateCatchEvent id="over">{timer("timeDuration", "P15D")}</intermediateCatchEvent>'
        + service("thank")
        + service("go_on")
        + '<endEvent id="late"/>'
        + flows("start", "first", "answered", "thank", "end")
        + flows("first", "over", "go_on", "late")
    )
    parsed = bundle(diagram(body, messages=["answer"]))
    quick, slow = Machine(parsed), Machine(parsed)

    quick.deliver("answered")
    slow.fire("over")

    assert (quick.context.called, quick.ended) == (["thank"], "end")
    assert (slow.context.called, slow.ended) == (["go_on"], "late")
    assert quick.of(changes.TimerCancelled)
    assert slow.of(changes.MessageWaitCancelled)


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_instances_of_a_called_process_keep_their_answers_apart(sequential: str) -> None:
    called = diagram(
        '<startEvent id="asked"/>'
        f'<userTask id="advise" camunda:candidateGroups="${{adviser.role}}">{FORM}</userTask>'
        '<boundaryEvent id="chase" attachedToRef="advise" cancelActivity="false">'
        + timer("timeDate", "${due(string(adviser.role))}")
        + "</boundaryEvent>"
        + service("remind")
        + '<endEvent id="reminded"/><endEvent id="got"/>'
        + flows("asked", "advise", "got")
        + flows("chase", "remind", "reminded"),
        "gather",
    )
    main = diagram(
        START + '<scriptTask id="choose" scriptFormat="cel"><script>'
        'advisers = [{"role": "health"}, {"role": "care"}]</script></scriptTask>'
        '<callActivity id="gather_all" calledElement="gather"><multiInstanceLoopCharacteristics '
        f'isSequential="{sequential}" camunda:collection="${{advisers}}" '
        'camunda:elementVariable="adviser"/></callActivity>'
        + END
        + flows("start", "choose", "gather_all", "end")
    )
    declared = b'<extensionElements><camunda:properties><camunda:property name="variable.adviser" '
    called = called.replace(
        b'<startEvent id="asked"/>',
        declared
        + (b'value="map"/></camunda:properties></extensionElements><startEvent id="asked"/>'),
    )
    machine = Machine(bundle(main, called, keys=("main", "gather")))

    if sequential == "false":
        assert machine.tasks == ["advise", "advise"]
        machine.fire("chase")
    machine.complete("advise", answer="first")
    machine.complete("advise", answer="second")

    opened = machine.of(changes.TaskOpened)
    assert [each.role for each in opened] == ["health", "care"]
    given = [
        (each.item["role"], each.values["answer"])
        for each in machine.of(changes.ElementCompleted)
        if each.element_id == "advise"
    ]
    assert sorted(given, key=lambda pair: pair[1]) == [("health", "first"), ("care", "second")]
    assert "answer" not in machine.run.variables
    assert machine.ended == "end"


def test_no_instances_is_no_hindrance() -> None:
    body = (
        START + '<scriptTask id="choose" scriptFormat="cel"><script>none = []</script></scriptTask>'
        '<userTask id="work"><multiInstanceLoopCharacteristics camunda:collection="${none}" '
        'camunda:elementVariable="one"/></userTask>' + END + flows("start", "choose", "work", "end")
    )

    assert Machine(bundle(diagram(body))).ended == "end"


def test_a_process_that_can_be_stopped_at_any_time_is() -> None:
    body = (
        START
        + '<userTask id="work"/>'
        + END
        + flows("start", "work", "end")
        + '<subProcess id="stopping" triggeredByEvent="true">'
        '<startEvent id="stopped"><messageEventDefinition messageRef="m_stop"/></startEvent>'
        + service("confirm")
        + '<endEvent id="was_stopped"/>'
        + flows("stopped", "confirm", "was_stopped")
        + "</subProcess>"
        '<subProcess id="watching" triggeredByEvent="true">'
        f'<startEvent id="late" isInterrupting="false">{timer("timeDuration", "P6W")}</startEvent>'
        + service("escalate")
        + '<endEvent id="told"/>'
        + flows("late", "escalate", "told")
        + "</subProcess>"
    )
    machine = Machine(bundle(diagram(body, messages=["stop"])))

    machine.fire("late")
    assert machine.tasks == ["work"]
    machine.deliver("stopped")

    assert machine.context.called == ["escalate", "confirm"]
    assert machine.tasks == []
    assert machine.of(changes.InstanceEnded)


def test_a_step_that_fails_keeps_the_work_and_can_be_tried_again() -> None:
    body = (
        START
        + '<userTask id="work"/>'
        + service("send")
        + END
        + flows("start", "work", "send", "end")
    )
    machine = Machine(bundle(diagram(body)))
    machine.context.failing = {"send"}

    machine.complete("work")

    assert machine.of(changes.IncidentRaised)[0].message == "The family has no address."
    assert machine.ended is None
    machine.retry()
    assert len(machine.of(changes.IncidentRaised)) == 2
    machine.context.failing = set()
    machine.retry()
    assert machine.ended == "end"


def test_a_long_case_goes_round_three_hundred_times() -> None:
    body = (
        START
        + f'<userTask id="work">{FORM}</userTask>'
        + END
        + '<exclusiveGateway id="again" default="again_work"/>'
        + flows("start", "work", "again", "work")
        + '<sequenceFlow id="out" sourceRef="again" targetRef="end">'
        '<conditionExpression xsi:type="tFormalExpression">${answer == "stop"}</conditionExpression>'
        "</sequenceFlow>"
    )
    machine = Machine(bundle(diagram(body)))

    for _ in range(1_100):  # deeper than SpiffWorkflow looks
        machine.complete("work", answer="go on")
    machine.complete("work", answer="stop")

    assert machine.ended == "end"


def test_a_loop_that_never_waits_is_refused() -> None:
    body = (
        START
        + service("spin")
        + END
        + '<exclusiveGateway id="again" default="again_spin"/>'
        + flows("start", "spin", "again", "spin")
        + '<sequenceFlow id="out" sourceRef="again" targetRef="end">'
        '<conditionExpression xsi:type="tFormalExpression">${1 == 2}</conditionExpression>'
        "</sequenceFlow>"
    )

    with pytest.raises(NeverWaits):
        Machine(bundle(diagram(body)))


def test_a_field_of_a_form_may_be_called_as_an_element_is() -> None:
    body = (
        START + f'<userTask id="answer">{FORM}</userTask>' + END + flows("start", "answer", "end")
    )
    machine = Machine(bundle(diagram(body)))

    machine.complete("answer", answer="yes")

    assert machine.run.variables["answer"] == "yes"
    assert machine.ended == "end"
