"""Scenarios are run before a change is published, and a story that goes another way refuses it."""

from pathlib import Path

from engine import ports
from tests.support.county import County
from workflows.bootstrap import DIAGRAMS
from workflows.commands.save_scenario import SaveScenario
from workflows.sandbox import gate, rehearse
from workflows.sandbox.rehearse import Change

ASSESSMENT = (DIAGRAMS / "ehc_assessment.bpmn").read_bytes()
RENAMED = ASSESSMENT.replace(b"Register the request", b"Look at the request")
GONE = RENAMED.replace(b'"register_request"', b'"look_at_request"').replace(
    b">register_request<", b">look_at_request<"
)
STORY = """
title = "It is checked first"
process = "ehc_assessment"
begins = 2026-01-05

[[steps]]
does = "Register the request"
"""


def test_a_change_concerns_the_stories_whose_process_calls_it_or_sets_it_going(
    small_county: County,
) -> None:
    nothing = rehearse.change_of(small_county.system, {"a.bpmn": ASSESSMENT})
    change = rehearse.change_of(small_county.system, {"a.bpmn": RENAMED})

    assert nothing.stories == ()
    concerned = {each.process_key for each in change.stories}
    assert {"ehc_assessment", "mediation"} <= concerned


def test_a_story_that_goes_another_way_refuses_the_change(small_county: County) -> None:
    system = small_county.system
    system.execute(SaveScenario("first", STORY), ports.SYSTEM)
    change = rehearse.change_of(system, {"a.bpmn": GONE})
    ours = Change(change.files, tuple(each for each in change.stories if not each.delivered))

    (problem,) = rehearse.broken(system, ours).values()

    assert problem.startswith("ehc_assessment/first, step 1")
    assert "“Register the request” does not wait" in problem


def test_stories_that_go_as_told_let_the_change_pass_and_are_counted(small_county: County) -> None:
    change = rehearse.change_of(small_county.system, {"a.bpmn": ASSESSMENT + b"\n"})
    few = change.stories[:2]
    seen: list[int] = []

    went = gate.live(few, (change.files, change.names), seen.append)

    assert [each.problem for each in went] == ["", ""]
    assert seen == [1, 2]


def test_a_task_that_is_called_otherwise_is_the_same_task(small_county: County) -> None:
    system = small_county.system
    system.execute(SaveScenario("first", STORY), ports.SYSTEM)
    change = rehearse.change_of(system, {"a.bpmn": RENAMED})
    ours = Change(change.files, change.stories[-1:], change.names)

    went = rehearse.broken(system, ours)

    assert went == {}
    assert change.stories[-1].name == "ehc_assessment/first"
    assert change.names == {"Register the request": "Look at the request"}


def test_every_story_that_is_delivered_is_one_of_those_run(small_county: County) -> None:
    with small_county.system.read() as connection:
        told = gate.told(connection)

    files = {path for path in Path(gate.DELIVERED).rglob("*.toml") if path.parent.name != "duties"}
    assert len(told) == len(files) > 50
