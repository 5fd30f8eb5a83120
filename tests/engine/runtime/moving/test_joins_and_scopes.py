"""Joins, event subprocesses and failed steps, when an instance moves to another version."""

import pytest

from engine.definitions.cache import Bundle
from engine.runtime.moving.blocked import Blocked
from tests.support.diagrams import Machine, bundle, diagram, flows
from tests.support.moving import END, START, moved, service, task

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


def forked(*branches: tuple[str, ...]) -> str:
    steps = [each for branch in branches for each in branch]
    return (
        START
        + '<parallelGateway id="fork"/><parallelGateway id="join" name="All there"/>'
        + "".join(map(task, steps))
        + END
        + flows("start", "fork")
        + "".join(flows("fork", *branch, "join") for branch in branches)
        + flows("join", "end")
    )


def test_a_token_that_has_arrived_at_a_join_counts_there() -> None:
    machine = Machine(drawn(forked(("one",), ("two",))))
    machine.complete("one")

    after = moved(machine, drawn(forked(("one", "one_more"), ("two", "two_more"))))

    after.complete("two")
    assert after.tasks == ["two_more"]
    after.complete("two_more")
    assert after.ended == "end"


def test_a_join_goes_on_when_what_it_waits_for_is_gone() -> None:
    machine = Machine(drawn(forked(("one",), ("two",))))

    with pytest.raises(Blocked, match="“two”"):
        moved(machine, drawn(forked(("one",))))


def test_a_new_branch_that_nothing_leads_to_any_more_blocks_the_case() -> None:
    machine = Machine(drawn(forked(("one",), ("two",))))

    with pytest.raises(Blocked, match="wait for ever at “All there”"):
        moved(machine, drawn(forked(("one",), ("two",), ("three",))))


def test_branches_that_now_follow_each_other_block_the_case() -> None:
    machine = Machine(drawn(forked(("one",), ("two",))))

    with pytest.raises(Blocked, match="“two” would be done twice"):
        moved(machine, drawn(tasks("one", "two")))


def test_a_step_before_a_fork_may_get_another_branch() -> None:
    machine = Machine(drawn(tasks("first")))
    body = forked(("one",), ("two",)).replace(
        '<sequenceFlow id="start_fork" sourceRef="start" targetRef="fork"/>',
        task("first") + flows("start", "first", "fork"),
    )

    after = moved(machine, drawn(body))

    after.complete("first")
    assert after.tasks == ["one", "two"]


def test_an_event_subprocess_comes_to_a_process_that_had_none() -> None:
    machine = Machine(drawn(tasks("one", "two")))
    machine.complete("one")

    after = moved(machine, drawn(tasks("one", "two") + HANDLER))

    assert ids(machine) < ids(after)
    assert after.messages == ["stopped"]
    other = moved(machine, drawn(tasks("one", "two") + HANDLER))
    after.deliver("stopped")
    other.complete("two")
    assert after.context.called == ["confirm"]
    assert (after.tasks, other.ended) == ([], "end")


def test_an_event_subprocess_goes_while_it_is_not_at_work() -> None:
    machine = Machine(drawn(tasks("one", "two") + HANDLER))
    machine.complete("one")

    after = moved(machine, drawn(tasks("one", "two")))

    assert after.messages == []
    after.complete("two")
    assert after.ended == "end"


def test_a_failed_step_moves_and_can_be_tried_again() -> None:
    machine = Machine(
        drawn(START + task("one") + service("send") + END + flows("start", "one", "send", "end"))
    )
    machine.context.failing = {"send"}
    machine.complete("one")

    after = moved(
        machine,
        drawn(
            START
            + task("one")
            + service("send")
            + task("two")
            + END
            + flows("start", "one", "send", "two", "end")
        ),
    )
    after.told = [*machine.told]
    after.context.failing = set()
    after.retry()

    assert after.tasks == ["two"]


def test_a_user_task_does_not_become_a_service() -> None:
    machine = Machine(drawn(tasks("one")))
    body = START + service("one") + task("two") + END + flows("start", "one", "two", "end")

    with pytest.raises(Blocked, match="leads nowhere"):
        moved(machine, drawn(body))
    with pytest.raises(Blocked, match=r"user task; .* service task"):
        moved(machine, drawn(body), {"one": "one"})
    with pytest.raises(Blocked, match="not in the new version"):
        moved(machine, drawn(body), {"one": "nowhere"})


def test_a_loop_moves_in_any_round() -> None:
    def version(*names: str) -> Bundle:
        return drawn(
            tasks(*names).replace('targetRef="end"', 'targetRef="again"')
            + '<exclusiveGateway id="again" default="back"/>'
            + f'<sequenceFlow id="back" sourceRef="again" targetRef="{names[0]}"/>'
            + '<sequenceFlow id="out" sourceRef="again" targetRef="end">'
            '<conditionExpression xsi:type="tFormalExpression">${answer == "stop"}'
            "</conditionExpression></sequenceFlow>"
        )

    machine = Machine(version("one", "two"))
    for _ in range(3):
        machine.complete("one")
        machine.complete("two", answer="go on")

    after = moved(machine, version("one", "between", "two"))
    after.complete("one")
    after.complete("between")
    after.complete("two", answer="stop")

    assert after.ended == "end"
