"""Wherever an instance stands, it moves to another version and comes to its end as expected."""

import random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from engine.definitions.cache import Bundle
from tests.support.diagrams import Machine, bundle, diagram, flows
from tests.support.moving import END, START, boundary, moved, service, task, timer

STEPS = st.lists(st.integers(0, 5), max_size=12)


def version(*, changed: bool) -> Bundle:
    """Return a process with a bit of everything; changed, with what does no harm wherever one is."""
    more = ("added",) if changed else ()
    two = (task("two", "Two"), "two") if not changed else (task("second", "Two"), "second")
    inner = (
        '<startEvent id="begin"/>'
        + task("inside")
        + boundary("nag", "inside", timer("timeCycle", "R2/P1W"))
        + '<endEvent id="done"/>'
        + flows("begin", "inside", "done")
    )
    each = (
        '<userTask id="each" name="each"><multiInstanceLoopCharacteristics '
        'camunda:collection="${people}" camunda:elementVariable="one"/></userTask>'
    )
    body = (
        START
        + '<scriptTask id="choose" scriptFormat="cel"><script>people = ["a", "b"]</script></scriptTask>'
        + task("one")
        + '<parallelGateway id="fork"/><parallelGateway id="join"/>'
        + two[0]
        + f'<subProcess id="within">{inner}</subProcess>'
        + each
        + "".join(map(task, more))
        + task("last")
        + END
        + flows("start", "choose", "one", "fork", two[1], "join", *more, "last", "end")
        + flows("fork", "within", "join")
        + flows("fork", "each", "join")
        + boundary("chase", two[1], timer("timeDuration", "P2W"))
        + (boundary("urge", "one", timer("timeDuration", "P3W")) if changed else "")
        + '<subProcess id="stopping" triggeredByEvent="true">'
        '<startEvent id="stopped"><messageEventDefinition messageRef="m_stop"/></startEvent>'
        + service("confirm")
        + '<endEvent id="was_stopped"/>'
        + flows("stopped", "confirm", "was_stopped")
        + "</subProcess>"
    )
    return bundle(diagram(body, messages=["stop"]))


OLD, NEW = version(changed=False), version(changed=True)


def act(machine: Machine, choice: int) -> None:
    """Complete a task, or let a timer fire, of those that wait: which is chosen by a number."""
    waiting: list[tuple[str, Any]] = [("task", name) for name in machine.tasks]
    waiting += [("timer", name) for name in machine.timers]
    if not waiting:
        return
    kind, name = waiting[choice % len(waiting)]
    if kind == "task":
        machine.complete(name)
    else:
        machine.fire(name)


def dates(machine: Machine) -> dict[UUID, object]:
    return {
        key: wait.token.internal_data["due"].get(wait.element.id)
        for key, wait in machine.run.waiting.timers.items()
    }


@settings(max_examples=60, deadline=None)
@given(before=STEPS, after=STEPS)
def test_a_case_moves_from_anywhere_and_ends(before: list[int], after: list[int]) -> None:
    machine = Machine(OLD)
    for choice in before:
        if machine.ended is None:
            act(machine, choice)
    if machine.ended is not None:
        return
    waiting, due = set(machine.run.waiting.tasks), dates(machine)

    there = moved(machine, NEW)

    assert set(there.run.waiting.tasks) == waiting
    assert due.items() <= dates(there).items()
    for choice in [*after, *([0] * 40)]:
        if there.ended is None:
            act(there, choice)
    assert there.ended is not None
    assert there.tasks == []


@pytest.mark.parametrize("seed", range(5))
def test_a_case_goes_there_and_back_at_each_step(seed: int) -> None:
    chance = random.Random(seed)
    machine = Machine(OLD)

    for _ in range(60):
        if machine.ended is not None:
            break
        waiting, due = set(machine.run.waiting.tasks), dates(machine)
        there = moved(machine, NEW)
        machine = moved(there, OLD)
        assert set(machine.run.waiting.tasks) == waiting
        assert dates(machine) == due
        act(machine, chance.randrange(6))

    assert machine.ended is not None
