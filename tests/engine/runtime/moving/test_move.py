"""Every kind of token keeps its place when its instance moves to another version."""

import datetime as dt

import pytest

from engine import changes
from engine.definitions.cache import Bundle
from engine.runtime.moving.blocked import Blocked
from tests.support.diagrams import Machine, bundle, diagram, flows
from tests.support.moving import END, START, boundary, moved, service, task, timer

HANDLER = (
    '<subProcess id="stopping" name="Stopping" triggeredByEvent="true">'
    '<startEvent id="stopped"><messageEventDefinition messageRef="m_stop"/></startEvent>'
    + service("confirm")
    + '<endEvent id="was_stopped"/>'
    + flows("stopped", "confirm", "was_stopped")
    + "</subProcess>"
)


def drawn(body: str, *called: bytes) -> Bundle:
    keys = ["main", *(f"called_{number}" for number in range(len(called)))]
    return bundle(diagram(body, messages=["stop", "answer"]), *called, keys=keys)


def tasks(*ids: str) -> str:
    return START + "".join(map(task, ids)) + END + flows("start", *ids, "end")


def ids(machine: Machine) -> set[object]:
    waiting = machine.run.waiting
    return {*waiting.tasks, *waiting.timers, *waiting.messages}


def test_a_step_added_ahead_is_done_and_one_behind_is_not() -> None:
    machine = Machine(drawn(tasks("one", "two")))
    machine.complete("one")

    after = moved(machine, drawn(tasks("one", "missed", "two", "three")))

    assert ids(after) == ids(machine)
    after.complete("two")
    assert after.tasks == ["three"]
    assert after.run.marking["main"]["done"] == ["start", "one", "two"]


def test_a_boundary_event_comes_to_a_task_that_had_none() -> None:
    machine = Machine(drawn(tasks("work")))

    after = moved(
        machine, drawn(tasks("work") + boundary("urge", "work", timer("timeDuration", "P1W")))
    )

    assert after.timers == ["urge"]
    after.fire("urge")
    after.complete("work")
    assert (after.context.called, after.ended) == (["urge_service"], "end")


def test_an_interrupting_boundary_event_that_is_new_interrupts() -> None:
    machine = Machine(drawn(tasks("work")))

    after = moved(
        machine,
        drawn(
            tasks("work") + boundary("stop", "work", timer("timeDuration", "P1W"), cancel="true")
        ),
    )
    after.fire("stop")

    assert after.tasks == []
    assert after.ended == "stop_end"


def test_the_last_boundary_event_of_a_task_goes() -> None:
    machine = Machine(drawn(tasks("work") + boundary("urge", "work", timer("timeDuration", "P1W"))))

    after = moved(machine, drawn(tasks("work")))

    assert after.timers == []
    assert [each.element_id for each in after.of(changes.TimerCancelled)] == ["urge"]
    after.complete("work")
    assert after.ended == "end"


def test_what_a_boundary_event_began_goes_on_when_the_event_is_gone() -> None:
    def version(event: str) -> Bundle:
        aside = task("aside") + '<endEvent id="aside_end"/>' + flows("aside", "aside_end")
        return drawn(tasks("work") + aside + event)

    urge = (
        '<boundaryEvent id="urge" attachedToRef="work" cancelActivity="false">'
        + timer("timeDuration", "P1W")
        + "</boundaryEvent>"
        + flows("urge", "aside")
    )
    machine = Machine(version(urge))
    machine.fire("urge")

    after = moved(
        machine,
        version(urge.replace('"urge"', '"nudge"').replace("urge_a", "nudge_a")),
        {"urge": ""},
    )

    assert after.tasks == ["aside", "work"]
    assert after.timers == ["nudge"]
    after.complete("work")
    after.complete("aside")
    assert after.ended is not None


def test_a_cycle_goes_on_from_the_round_it_is_in() -> None:
    def version(*names: str) -> Bundle:
        return drawn(tasks(*names) + boundary("chase", "work", timer("timeCycle", "R3/P1W")))

    machine = Machine(version("work"))
    machine.fire("chase")
    machine.now += dt.timedelta(days=3)

    after = moved(machine, version("work", "next"))

    assert ids(after) == ids(machine)
    assert not after.told
    after.fire("chase")
    after.fire("chase")
    assert after.timers == []
    assert after.context.called == ["chase_service"] * 3
    after.complete("work")
    after.complete("next")
    assert after.ended == "end"


def test_a_timer_that_was_renamed_keeps_its_identifier_and_its_date() -> None:
    def version(name: str) -> Bundle:
        return drawn(tasks("work") + boundary(name, "work", timer("timeDuration", "P2W")))

    machine = Machine(version("chase"))
    machine.now += dt.timedelta(days=3)

    after = moved(machine, version("urge"), {"chase": "urge"})

    assert ids(after) == ids(machine)
    assert [type(each) for each in after.told] == [changes.TimerMoved]
    again = moved(after, version("pursue"), {"urge": "pursue"})
    assert ids(again) == ids(machine)
    again.fire("pursue")
    assert again.of(changes.TimerFired)[0].due_at == dt.datetime(2026, 1, 19, 9, tzinfo=dt.UTC)


def gateway(answered: str, *, more: str = "") -> Bundle:
    events = (
        f'<intermediateCatchEvent id="{answered}"><messageEventDefinition messageRef="m_answer"/>'
        "</intermediateCatchEvent>"
        f'<intermediateCatchEvent id="over">{timer("timeDuration", "P15D")}</intermediateCatchEvent>'
    )
    return drawn(
        START
        + END
        + '<eventBasedGateway id="first"/>'
        + events
        + service("thank")
        + '<endEvent id="late"/>'
        + flows("start", "first", answered, "thank", "end")
        + flows("first", "over", "late")
        + more
    )


@pytest.mark.parametrize("how", ["message", "timer", "new"])
def test_an_event_based_gateway_waits_on_for_its_events_and_for_a_new_one(how: str) -> None:
    machine = Machine(gateway("answered"))
    more = (
        '<intermediateCatchEvent id="called_off"><messageEventDefinition messageRef="m_stop"/>'
        '</intermediateCatchEvent><endEvent id="off"/>' + flows("first", "called_off", "off")
    )

    after = moved(machine, gateway("replied", more=more), {"answered": "replied"})

    assert ids(machine) < ids(after)
    if how == "message":
        after.deliver("replied")
    elif how == "timer":
        after.fire("over")
    else:
        after.deliver("called_off")
    assert after.ended == {"message": "end", "timer": "late", "new": "off"}[how]


def inner(*names: str, scope: str = "whole", more: str = "") -> str:
    inside = (
        '<startEvent id="begin"/>'
        + "".join(map(task, names))
        + '<endEvent id="done"/>'
        + flows("begin", *names, "done")
    )
    return (
        START
        + END
        + f'<subProcess id="{scope}" name="The whole">{inside}</subProcess>'
        + flows("start", scope, "end")
        + more
    )


def test_a_token_in_a_subprocess_keeps_its_place_there() -> None:
    machine = Machine(drawn(inner("one", "two")))
    machine.complete("one")

    after = moved(
        machine,
        drawn(
            inner("one", "two", "three", scope="all_of_it")
            + boundary("stop", "all_of_it", timer("timeDuration", "P1W"), cancel="true")
        ),
    )

    assert ids(machine) < ids(after)
    after.complete("two")
    assert after.tasks == ["three"]
    after.fire("stop")
    assert after.ended == "stop_end"


def test_a_step_that_left_its_subprocess_blocks_the_case() -> None:
    machine = Machine(drawn(inner("one", "two")))

    with pytest.raises(Blocked, match="within another"):
        moved(
            machine,
            drawn(
                inner("two").replace(
                    '<sequenceFlow id="start_whole" sourceRef="start" targetRef="whole"/>',
                    task("one") + flows("start", "one", "whole"),
                )
            ),
            {"one": "one"},
        )


def test_a_subprocess_that_is_gone_blocks_the_case() -> None:
    machine = Machine(drawn(inner("one")))

    with pytest.raises(Blocked, match="The whole"):
        moved(machine, drawn(tasks("one")))


def calling(sequential: str, *steps: str, more: str = "") -> Bundle:
    called = diagram(
        "<extensionElements><camunda:properties>"
        '<camunda:property name="variable.adviser" value="map"/>'
        "</camunda:properties></extensionElements>"
        '<startEvent id="asked"/>'
        + "".join(map(task, steps))
        + boundary("chase", "advise", timer("timeDuration", "P6W"))
        + '<endEvent id="got"/>'
        + flows("asked", *steps, "got"),
        "gather",
    )
    main = diagram(
        START + '<scriptTask id="choose" scriptFormat="cel"><script>'
        'advisers = [{"role": "health"}, {"role": "care"}, {"role": "school"}]</script></scriptTask>'
        '<callActivity id="gather_all" calledElement="gather"><multiInstanceLoopCharacteristics '
        f'isSequential="{sequential}" camunda:collection="${{advisers}}" '
        'camunda:elementVariable="adviser"/></callActivity>'
        + END
        + flows("start", "choose", "gather_all", "end")
        + more,
        messages=["stop"],
    )
    return bundle(main, called, keys=("main", "gather"))


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_called_processes_of_a_multi_instance_move_each_with_its_item(sequential: str) -> None:
    machine = Machine(calling(sequential, "advise"))
    machine.complete("advise", answer="first")

    after = moved(
        machine,
        calling(
            sequential,
            "advise",
            "check",
            more=boundary("stop", "gather_all", timer("timeDuration", "P9W")),
        ),
    )

    assert ids(machine) < ids(after)
    for _ in range(2):
        after.complete("advise", answer="more")
        after.complete("check")
    assert after.ended == "end"
    items = [each.item["role"] for each in after.of(changes.ElementCompleted) if each.item]
    assert set(items) == {"care", "school"}


def test_a_loop_over_a_list_that_is_one_step_now_blocks_the_case() -> None:
    machine = Machine(calling("false", "advise"))
    once = calling("false", "advise")
    main = diagram(
        START
        + '<callActivity id="gather_all" calledElement="gather"/>'
        + END
        + flows("start", "gather_all", "end")
    )
    called = diagram(
        '<startEvent id="asked"/>'
        + task("advise")
        + '<endEvent id="got"/>'
        + flows("asked", "advise", "got"),
        "gather",
    )

    with pytest.raises(Blocked, match="leads nowhere"):
        moved(machine, bundle(main, called, keys=("main", "gather")))
    assert ids(moved(machine, once)) == ids(machine)
