"""A token is put at another step: as if reached, and only where the process can go on from."""

import datetime as dt

import pytest

from engine import errors
from engine.commands.move_token import MoveToken
from engine.commands.suspend_instance import SuspendInstance
from engine.runtime.tokens import CannotMove
from engine.store.tables import history, incidents, instances, tasks, timers
from engine.unit_of_work import Suspended
from engine.worker.timers import fire_due
from tests.support.diagrams import diagram, flows
from tests.support.moving import END, START, boundary, line, service, task, timer
from tests.support.office import ANN, Office

LINE = line(
    "first",
    "second",
    "third",
    more=boundary("chase", "first", timer("timeDuration", "P2W"))
    + boundary("urge", "third", timer("timeDuration", "P1W")),
)
PARALLEL = diagram(
    START
    + task("before")
    + '<parallelGateway id="split"/><parallelGateway id="join" name="Both are in"/>'
    + "".join(map(task, ("left", "left_too", "right", "after")))
    + END
    + flows("start", "before", "split", "left", "left_too", "join", "after", "end")
    + flows("split", "right", "join")
)
INCLUSIVE = PARALLEL.replace(b'parallelGateway id="join"', b'inclusiveGateway id="join"')
NESTED = diagram(
    START
    + task("before")
    + '<subProcess id="inside" name="Inside"><startEvent id="s"/>'
    + task("inner")
    + task("inner_too")
    + '<endEvent id="e"/>'
    + flows("s", "inner", "inner_too", "e")
    + "</subProcess>"
    + task("after")
    + END
    + flows("start", "before", "inside", "after", "end")
)
MANY = diagram(
    '<startEvent id="start"/>'
    '<userTask id="each" name="Ask each"><multiInstanceLoopCharacteristics '
    "camunda:collection=\"${['a', 'b']}\" camunda:elementVariable=\"one\"/></userTask>"
    + task("after")
    + END
    + flows("start", "each", "after", "end")
)
FAILING = diagram(
    START + service("write") + task("after") + END + flows("start", "write", "after", "end")
)


def move(office: Office, start: str, goal: str, reason: str = "It is where it belongs") -> None:
    instance_id = office.rows(instances)[-1].id
    office.executor.execute(MoveToken(instance_id, start, goal, reason), ANN)


def open_tasks(office: Office) -> list[str]:
    return sorted(row.element_id for row in office.rows(tasks, status="open"))


@pytest.mark.parametrize(("start", "goal"), [("first", "third"), ("first", "second")])
def test_the_left_step_ends_and_the_other_is_entered(office: Office, start: str, goal: str) -> None:
    office.publish(LINE)
    office.start()

    move(office, start, goal)

    assert open_tasks(office) == [goal]
    assert [row.status for row in office.rows(tasks, element_id=start)] == ["cancelled"]
    assert [row.status for row in office.rows(timers, element_id="chase")] == ["cancelled"]
    assert office.problems() == []


def test_timers_of_the_entered_step_are_set_and_fire(office: Office) -> None:
    office.publish(LINE)
    office.start()

    move(office, "first", "third")
    office.pass_time(dt.timedelta(weeks=3))
    fire_due(office.executor)

    assert office.domain.services.called == ["urge_service"]
    office.complete("third")
    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_a_process_goes_back_and_comes_forward_again(office: Office) -> None:
    office.publish(LINE)
    office.start()
    office.complete("first")
    office.complete("second")

    move(office, "third", "first")
    for each in ("first", "second", "third"):
        office.complete(each)

    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_history_says_what_was_moved_by_whom_and_why(small_office: Office) -> None:
    small_office.publish(LINE)
    small_office.start()

    move(small_office, "first", "third", " The letter came back ")

    (entry,) = small_office.rows(history, kind="TokenMoved")
    assert (entry.actor_id, entry.body["reason"]) == ("ann", "The letter came back")
    assert (entry.body["name"], entry.body["to_name"]) == ("first", "third")
    completed = small_office.rows(history, kind="ElementCompleted")
    assert "first" not in {each.element_id for each in completed}, "it was left, not done"


def test_a_look_beforehand_tells_what_would_happen_and_does_nothing(office: Office) -> None:
    office.publish(LINE)
    instance_id = office.start()
    before = office.everything()

    outcome = office.executor.foresee(MoveToken(instance_id, "first", "third", "To see"), ANN)

    kinds = [type(each).__name__ for each in outcome.changes]
    assert kinds == ["TokenMoved", "TaskCancelled", "TimerCancelled", "TaskOpened", "TimerSet"]
    assert office.everything() == before


def test_a_look_beforehand_calls_no_service(small_office: Office) -> None:
    small_office.publish(FAILING.replace(b'<startEvent id="start"/>', START.encode()))
    small_office.domain.services.failing = {"write"}
    instance_id = small_office.start()
    small_office.domain.services.failing = set()

    small_office.executor.foresee(MoveToken(instance_id, "write", "after", "To see"), ANN)

    assert small_office.domain.services.called == []


def test_a_failed_step_is_left_and_its_incident_is_resolved(office: Office) -> None:
    office.publish(FAILING)
    office.domain.services.failing = {"write"}
    office.start()

    move(office, "write", "after")

    (incident,) = office.rows(incidents)
    assert incident.how == "moved on"
    assert open_tasks(office) == ["after"]
    office.complete("after")
    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


@pytest.mark.parametrize(
    ("document", "done", "start", "goal", "why"),
    [
        (LINE, (), "first", "nowhere", "has no step “nowhere”"),
        (LINE, (), "first", "first", "is at “first” already"),
        (LINE, (), "second", "third", "is not at “second” any more"),
        (LINE, (), "first", "start", "restart the process"),
        (LINE, (), "first", "urge", "happens beside another step"),
        (PARALLEL, ("before",), "left", "join", "waits for several parts"),
        (PARALLEL, ("before",), "left", "after", "would wait for ever at “Both are in”"),
        (PARALLEL, ("before",), "left", "before", "would be done twice|wait for ever"),
        (PARALLEL, ("before",), "left", "right", "would be done twice|wait for ever"),
        (PARALLEL, (), "before", "left", "would wait for ever at “Both are in”"),
        (PARALLEL, ("before", "right"), "join", "right", "waits at “Both are in” for the others"),
        (INCLUSIVE, ("before",), "left", "after", "would be done twice"),
        (NESTED, (), "before", "inner", "drawn within another process or subprocess"),
        (NESTED, ("before",), "inner", "after", "drawn within another process or subprocess"),
        (MANY, (), "after", "each", "is not at “after”"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    small_office: Office, document: bytes, done: tuple[str, ...], start: str, goal: str, why: str
) -> None:
    small_office.publish(document)
    small_office.start()
    for each in done:
        small_office.complete(each)
    before = small_office.everything()

    with pytest.raises(CannotMove, match=why) as refusal:
        move(small_office, start, goal)

    assert refusal.value.errors.keys() <= {"from", "to"}
    assert small_office.everything() == before


def test_a_part_of_a_process_moves_within_its_branch(office: Office) -> None:
    office.publish(PARALLEL)
    office.start()
    office.complete("before")

    move(office, "left", "left_too")
    office.complete("left_too")
    office.complete("right")
    office.complete("after")

    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_a_part_moves_back_while_another_waits_at_the_join(office: Office) -> None:
    office.publish(PARALLEL)
    office.start()
    for each in ("before", "right", "left"):
        office.complete(each)

    move(office, "left_too", "left")
    for each in ("left", "left_too", "after"):
        office.complete(each)

    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_steps_within_a_subprocess_are_exchanged(office: Office) -> None:
    office.publish(NESTED)
    office.start()
    office.complete("before")

    move(office, "inner", "inner_too")
    assert open_tasks(office) == ["inner_too"]
    move(office, "inner_too", "inner")
    office.complete("inner")
    office.complete("inner_too")
    office.complete("after")

    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_a_whole_subprocess_is_left_and_entered_from_its_beginning(office: Office) -> None:
    office.publish(NESTED)
    office.start()
    office.complete("before")

    move(office, "inside", "after")
    assert open_tasks(office) == ["after"]
    move(office, "after", "inside")
    assert open_tasks(office) == ["inner"]

    for each in ("inner", "inner_too", "after"):
        office.complete(each)
    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_what_is_done_for_each_of_a_list_is_left_and_entered_as_a_whole(office: Office) -> None:
    office.publish(MANY)
    office.start()

    move(office, "each", "after")
    assert open_tasks(office) == ["after"]
    assert office.problems() == []
    move(office, "after", "each")

    assert open_tasks(office) == ["each", "each"]
    assert office.problems() == []


def test_a_branch_that_a_reminder_began_goes_on(office: Office) -> None:
    beside = (
        f'<boundaryEvent id="late" attachedToRef="first" cancelActivity="false">'
        f"{timer('timeDuration', 'P1W')}</boundaryEvent>"
        + task("explain")
        + '<endEvent id="explained"/>'
        + flows("late", "explain", "explained")
    )
    office.publish(line("first", "second", more=beside))
    office.start()
    office.pass_time(dt.timedelta(weeks=2))
    fire_due(office.executor)

    move(office, "first", "second")
    assert open_tasks(office) == ["explain", "second"]
    office.complete("second")
    office.complete("explain")

    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_a_move_needs_a_reason_and_a_running_process(small_office: Office) -> None:
    small_office.publish(LINE)
    instance_id = small_office.start()

    with pytest.raises(errors.Invalid, match="Give a reason"):
        move(small_office, "first", "second", " ")
    small_office.executor.execute(SuspendInstance(instance_id, "A pause"), ANN)
    with pytest.raises(Suspended):
        move(small_office, "first", "second")
