"""Of two who do the same at once one wins, and the other is told."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest

from engine import errors
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_process import StartProcess
from engine.store.tables import instances, timers
from engine.worker.timers import fire_due
from tests.support.diagrams import diagram, flows
from tests.support.office import ANN, BEN, Office

THREADS = 6
TASK_WITH_TIMERS = diagram(
    '<startEvent id="start"/><userTask id="work"/><endEvent id="end"/>'
    '<boundaryEvent id="event" attachedToRef="work" cancelActivity="false">'
    "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
    '<serviceTask id="remind" camunda:type="external" camunda:topic="remind"/>'
    '<endEvent id="reminded"/>'
    + flows("start", "work", "end")
    + flows("event", "remind", "reminded")
)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run jobs together; return what each gave, a refusal where it was refused."""
    barrier = threading.Barrier(len(jobs))
    given: list[object] = [None] * len(jobs)

    def run(position: int, job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            given[position] = job()
        except errors.Refused as refusal:
            given[position] = refusal

    threads = [
        threading.Thread(target=run, args=(position, job)) for position, job in enumerate(jobs)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return given


@pytest.fixture
def desk(office: Office) -> Office:
    office.publish(TASK_WITH_TIMERS)
    office.start()
    return office


def test_a_task_is_completed_once(desk: Office) -> None:
    task = desk.task()

    given = at_once(
        *[
            lambda actor=actor: desk.executor.execute(CompleteTask(task.id, {}), actor)
            for actor in (ANN, BEN) * (THREADS // 2)
        ]
    )

    refused = [each for each in given if isinstance(each, errors.Conflict)]
    assert len(refused) == THREADS - 1
    assert {each.details["by"] for each in refused} <= {"ann", "ben"}
    assert desk.kinds().count("TaskCompleted") == 1
    assert desk.problems() == []


def test_a_task_is_claimed_once(desk: Office) -> None:
    task = desk.task()

    given = at_once(
        lambda: desk.executor.execute(ClaimTask(task.id), ANN),
        lambda: desk.executor.execute(ClaimTask(task.id), BEN),
    )

    assert sum(isinstance(each, errors.Conflict) for each in given) == 1
    assert desk.kinds().count("TaskClaimed") == 1


def test_a_completion_and_a_timer_do_not_both_pass(desk: Office) -> None:
    task = desk.task()
    desk.pass_time(dt.timedelta(days=2))

    at_once(
        lambda: desk.executor.execute(CompleteTask(task.id, {}), ANN),
        lambda: fire_due(desk.executor),
    )

    kinds = desk.kinds()
    assert kinds.count("TaskCompleted") == 1
    assert kinds.count("TimerFired") == len(desk.rows(timers, status="fired"))
    assert desk.problems() == []


def test_many_workers_fire_each_timer_once(desk: Office) -> None:
    for _ in range(9):
        desk.start()
    desk.pass_time(dt.timedelta(days=2))

    fired = at_once(*[lambda: fire_due(desk.executor)] * 4)

    assert sum(fired) == 10  # type: ignore[arg-type]
    assert desk.kinds().count("TimerFired") == 10
    assert len(desk.domain.services.called) >= 10
    assert desk.problems() == []


def test_a_call_repeated_under_one_key_is_done_once(desk: Office) -> None:
    command = StartProcess("main", desk.subject, {})

    given = at_once(*[lambda: desk.executor.execute(command, ANN, key="k-1")] * THREADS)

    assert not [each for each in given if isinstance(each, errors.Refused)]
    assert sum(each.replayed for each in given) == THREADS - 1  # type: ignore[attr-defined]
    assert len({str(each.changes) for each in given}) == 1  # type: ignore[attr-defined]
    assert len(desk.rows(instances)) == 2


def test_a_key_is_not_used_for_something_else(desk: Office) -> None:
    desk.executor.execute(StartProcess("main", desk.subject, {}), ANN, key="k-1")

    with pytest.raises(errors.Conflict, match="another command"):
        desk.executor.execute(ClaimTask(desk.rows(timers)[0].id), ANN, key="k-1")
