"""Diagrams made by chance: what must be found is found, what is sound stays so, and all of it ends."""

import random

import pytest
from hypothesis import given, settings, strategies as st

from engine.checks.diagram import Diagram
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault, Finding
from tests.support import drawing, scribbles
from tests.support.interpreter import Interpreter, TooMany
from tests.support.scribbles import Scribe

CHANCES = st.integers(0, 2**32).map(random.Random)
# What comes of joining a block in another way than it was split.
SPOILT = {
    ("xor", "and"): Fault.DEADLOCK,
    ("or", "and"): Fault.DEADLOCK,
    ("and", "xor"): Fault.LACK_OF_SYNCHRONISATION,
    ("or", "xor"): Fault.LACK_OF_SYNCHRONISATION,
}


def find(body: str) -> tuple[Finding, ...]:
    return analysis.analyse(Diagram("generated", drawing.document(body)))


@settings(max_examples=100, deadline=None)
@given(chance=CHANCES, size=st.integers(1, 60))
def test_nested_blocks_are_sound(chance: random.Random, size: int) -> None:
    body = Scribe().write(scribbles.nested(chance, size))

    assert find(body) == ()


@settings(max_examples=100, deadline=None)
@given(chance=CHANCES, size=st.integers(2, 30), mutation=st.sampled_from(sorted(SPOILT)))
def test_a_block_that_is_joined_in_another_way_is_found(
    chance: random.Random, size: int, mutation: tuple[str, str]
) -> None:
    split, join = mutation
    whole = scribbles.Block(
        "row", (scribbles.nested(chance, size), scribbles.Block(split, (TASK, TASK)))
    )
    victim = chance.choice([each for each in whole.blocks if each.kind == split])
    scribe = Scribe()

    found = find(scribe.write(scribbles.spoilt(whole, victim, join)))

    (name,) = (name for block, name in scribe.joins if block.join)
    assert (SPOILT[mutation], name) in {(each.fault, each.element) for each in found}


@settings(max_examples=100, deadline=None)
@given(chance=CHANCES, size=st.integers(2, 30))
def test_a_step_whose_flow_is_lost_is_found(chance: random.Random, size: int) -> None:
    root = drawing.document(Scribe().write(scribbles.nested(chance, size)))
    flows = [flow for flow in root[0] if flow.get("targetRef", "").startswith("task")]
    lost = chance.choice(flows)
    root[0].remove(lost)

    found = analysis.analyse(Diagram("generated", root))

    assert (Fault.DEAD_ELEMENT, lost.get("targetRef")) in {
        (each.fault, each.element) for each in found
    }


@pytest.mark.parametrize("seed", range(400))
def test_a_naive_interpreter_comes_to_the_same_verdict(seed: int) -> None:
    chance = random.Random(seed)
    root = drawing.document(scribbles.scribbled(chance, chance.randint(3, 9)))
    try:
        verdict = Interpreter(root[0]).judge(most=2_000)
    except TooMany:
        pytest.skip("too many states for a naive reading")

    found = analysis.analyse(Diagram("scribbled", root))

    faults = {each.fault for each in found}
    assert (Fault.LACK_OF_SYNCHRONISATION in faults) == verdict.collides
    if not verdict.collides:  # else what follows is a consequence
        assert (Fault.DEADLOCK in faults) == verdict.deadlocks
    if not verdict.collides and not verdict.deadlocks:
        dead = [each for each in found if each.fault is Fault.DEAD_ELEMENT]
        assert (Fault.CANNOT_END in faults) == verdict.endless
        assert {each.element for each in dead} <= verdict.dead
        assert sum(1 + each.following for each in dead) == len(verdict.dead)


@pytest.mark.parametrize("seed", range(100))
def test_scribbles_of_200_elements_end_with_a_verdict(seed: int) -> None:
    body = scribbles.scribbled(random.Random(seed), 200)

    faults = {each.fault for each in find(body)}

    assert faults != {Fault.TOO_LARGE}  # where the budget was not enough, faults were found before
    assert faults  # nothing of this size is drawn well by chance


def test_width_costs_nothing() -> None:
    branches = [
        f"p > task:a{at} > xor:x{at} > task:b{at} > xor:y{at} > task:d{at} > or:z{at} > and:j{at} > j;"
        f"x{at} > task:c{at} > y{at}; y{at} > z{at}; q > j{at}"
        for at in range(60)
    ]

    found = find(drawing.draw(f"start:s > and:p > and:q; and:j > end:e; {'; '.join(branches)}"))

    assert found == ()


def test_what_is_too_large_is_said_to_be() -> None:
    branches = [
        f"p > xor:x{at} > task:a{at} > l; x{at} > task:b{at} > r; x{at} > task:c{at} > m{at};"
        f"or:m{at} > l; m{at} > r"
        for at in range(24)
    ]

    found = find(
        drawing.draw(f"start:s > and:p; or:l > or:j > end:e; or:r > j; {'; '.join(branches)}")
    )

    assert [each.fault for each in found] == [Fault.TOO_LARGE]


TASK = scribbles.Block("task")
