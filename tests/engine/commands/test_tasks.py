"""Tasks are claimed, given away, kept as drafts and completed: each by one person, once."""

import pytest

from engine import errors, ports
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import AlreadyClaimed, ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.store.tables import history, tasks
from engine.unit_of_work import NoSuchTask, SomeoneElsesTask, TaskClosed
from tests.support.diagrams import diagram, flows
from tests.support.office import ANN, BEN, Office

FORM = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="answer" label="Answer" type="string"><camunda:validation>'
    '<camunda:constraint name="required"/><camunda:constraint name="maxlength" config="20"/>'
    "</camunda:validation></camunda:formField>"
    '<camunda:formField id="amount" label="Amount" type="long"/>'
    '<camunda:formField id="on" label="On" type="date"/>'
    "</camunda:formData></extensionElements>"
)
ONE_TASK = diagram(
    f'<startEvent id="start"/><userTask id="work" name="Do the work">{FORM}</userTask>'
    '<endEvent id="end"/>' + flows("start", "work", "end")
)


@pytest.fixture
def desk(office: Office) -> Office:
    """An office in which one task waits."""
    office.publish(ONE_TASK)
    office.start()
    return office


def test_a_task_completed_twice_tells_who_was_first(desk: Office) -> None:
    task = desk.task()
    desk.complete(answer="yes", actor=BEN)

    with pytest.raises(TaskClosed) as refused:
        desk.executor.execute(CompleteTask(task.id, {"answer": "no"}), ANN)

    assert refused.value.details == {"by": "ben", "at": desk.clock.now().isoformat()}
    assert desk.kinds().count("TaskCompleted") == 1
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "answer"),
        ({"answer": "x" * 21}, "answer"),
        ({"answer": ["a", "list"]}, "answer"),
        ({"answer": "yes", "amount": "many"}, "amount"),
        ({"answer": "yes", "amount": 10**40}, "amount"),
        ({"answer": "yes", "on": "2026-02-30"}, "on"),
        ({"answer": "yes", "smuggled": "in"}, "smuggled"),
    ],
)
def test_wrong_values_are_refused_and_change_nothing(
    desk: Office, values: dict[str, object], field: str
) -> None:
    before = desk.everything()

    with pytest.raises(errors.Invalid) as refused:
        desk.executor.execute(CompleteTask(desk.task().id, values), ANN)  # type: ignore[arg-type]

    assert field in refused.value.errors
    assert desk.everything() == before


def test_what_the_domain_refuses_at_the_very_end_leaves_nothing_behind(desk: Office) -> None:
    before = desk.everything()
    desk.domain.refuses = True

    with pytest.raises(errors.Invalid, match="none of it"):
        desk.complete(answer="yes")

    assert desk.everything() == before


def test_a_task_is_of_one_person_at_a_time(desk: Office) -> None:
    task = desk.task()
    desk.executor.execute(ClaimTask(task.id), ANN)
    desk.executor.execute(ClaimTask(task.id), ANN)

    with pytest.raises(AlreadyClaimed) as refused:
        desk.executor.execute(ClaimTask(task.id), BEN)
    with pytest.raises(SomeoneElsesTask):
        desk.complete(answer="yes", actor=BEN)
    with pytest.raises(SomeoneElsesTask):
        desk.executor.execute(SaveDraft(task.id, {"answer": "mine?"}), BEN)

    assert refused.value.details["by"] == "ann"
    assert desk.kinds().count("TaskClaimed") == 1


def test_a_task_that_was_given_away_is_the_others(desk: Office) -> None:
    task = desk.task()
    desk.executor.execute(ClaimTask(task.id), ANN)
    desk.executor.execute(AssignTask(task.id, "ben", "Ann is ill"), ANN)

    desk.complete(answer="yes", actor=BEN)

    assigned = next(row for row in desk.rows(history) if row.kind == "TaskAssigned")
    assert assigned.body["reason"] == "Ann is ill"


def test_a_released_task_is_anybodys(desk: Office) -> None:
    task = desk.task()
    desk.executor.execute(ClaimTask(task.id), ANN)
    desk.executor.execute(ReleaseTask(task.id), ANN)

    desk.executor.execute(ClaimTask(task.id), BEN)

    assert desk.task().assignee == "ben"


def test_a_draft_may_be_unfinished_and_is_gone_with_the_task(desk: Office) -> None:
    task = desk.task()
    desk.executor.execute(SaveDraft(task.id, {"amount": "3"}), ANN)
    assert desk.task().draft == {"amount": 3}

    desk.complete(answer="yes")

    (row,) = desk.rows(tasks, id=task.id)
    assert (row.status, row.draft, row.values) == ("completed", None, {"answer": "yes"})


def test_a_task_that_does_not_exist_is_not_found(desk: Office) -> None:
    with pytest.raises(NoSuchTask):
        desk.executor.execute(ClaimTask(desk.subject), ports.SYSTEM)
