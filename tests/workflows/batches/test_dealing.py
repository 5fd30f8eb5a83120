"""Tasks are dealt out evenly, or so that all have the same to do."""

from uuid import UUID

from workflows.batches.dealing import Given, deal

NORTH = ("sen_north", "sen_casework")
TASKS = [Given(UUID(int=number), *NORTH) for number in range(4)]
DOERS = {NORTH: frozenset({"ann", "ben"})}


def test_each_gets_as_many() -> None:
    dealt = deal(TASKS, ["ann", "ben"], DOERS, {})

    assert list(dealt.values()) == ["ann", "ben", "ann", "ben"]


def test_whoever_has_the_least_comes_first() -> None:
    dealt = deal(TASKS, ["ann", "ben"], DOERS, {"ann": 3, "ben": 1})

    assert list(dealt.values()) == ["ben", "ben", "ann", "ben"]


def test_nobody_gets_what_is_not_their_work_while_another_can() -> None:
    other = Given(UUID(int=9), "health_hub", "health")
    doers = {**DOERS, ("health_hub", "health"): frozenset({"cat"})}

    assert deal([*TASKS, other], ["ann", "cat"], doers, {})[other.task_id] == "cat"


def test_what_none_of_them_can_do_is_not_left_out_in_silence() -> None:
    other = Given(UUID(int=9), "health_hub", "health")

    assert deal([other], ["ann", "ben"], DOERS, {}) == {other.task_id: "ann"}
