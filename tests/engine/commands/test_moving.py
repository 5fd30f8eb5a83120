"""Running instances move to another version, with all that people have of them."""

import datetime as dt

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.suspend_instance import SuspendInstance
from engine.commands.undo_migration import UndoMigration
from engine.commands.undo_move import MovedOn, UndoMove
from engine.store.tables import history, incidents, instances, tasks, timers
from engine.worker.migrations import carry_on
from engine.worker.timers import fire_due
from tests.support.diagrams import diagram, flows
from tests.support.moving import (
    END,
    START,
    boundary,
    line,
    move_all,
    outcomes,
    service,
    status,
    task,
    timer,
)
from tests.support.office import ANN, Office

OLD = line("work", more=boundary("chase", "work", timer("timeDuration", "P2W")))
NEW = line("check", "work", "after", more=boundary("chase", "work", timer("timeDuration", "P2W")))


def test_a_case_moves_with_its_task_its_claim_its_draft_and_its_clock(office: Office) -> None:
    office.publish(OLD)
    office.start()
    office.executor.execute(ClaimTask(office.task().id), ANN)
    office.executor.execute(SaveDraft(office.task().id, {"answer": "half"}), ANN)
    before, clock = office.task(), office.timer("chase")
    office.pass_time(dt.timedelta(days=5))
    office.publish(NEW)

    migration_id = move_all(office)

    assert outcomes(office, migration_id) == [("moved", "")]
    assert status(office, migration_id) == "done"
    assert office.task() == before
    assert office.timer("chase") == clock
    assert office.rows(instances)[0].version == 2
    office.complete("work")
    office.complete("after")
    assert office.rows(instances)[0].status == "completed"
    assert office.problems() == []


def test_history_says_who_moved_a_case_and_why(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)

    move_all(small_office)

    (entry,) = small_office.rows(history, kind="InstanceMoved")
    assert entry.body["reason"] == "A better diagram"
    assert entry.body["ordered_by"] == "ann"
    assert entry.body["ways"] == {"work": "work"}
    assert (entry.body["version_before"], entry.body["version"]) == (1, 2)


def test_a_new_timer_is_set_and_one_that_is_gone_is_cancelled(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(line("work", more=boundary("urge", "work", timer("timeDuration", "P3W"))))

    move_all(small_office)

    assert {row.element_id: row.status for row in small_office.rows(timers)} == {
        "chase": "cancelled",
        "urge": "waiting",
    }


def test_a_timer_that_is_said_otherwise_counts_from_when_it_was_set(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    before = small_office.timer("chase").due_at
    small_office.pass_time(dt.timedelta(days=5))
    small_office.publish(line("work", more=boundary("chase", "work", timer("timeDuration", "P3W"))))

    move_all(small_office)

    assert small_office.timer("chase").due_at == before + dt.timedelta(weeks=1)


def test_a_task_that_has_gone_blocks_its_case_and_says_why(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(line("other"))
    before = small_office.rows(instances), small_office.rows(tasks), small_office.rows(timers)

    migration_id = move_all(small_office)

    ((became, why),) = outcomes(small_office, migration_id)
    assert became == "blocked"
    assert "“work”, which leads nowhere" in why
    after = small_office.rows(instances), small_office.rows(tasks), small_office.rows(timers)
    assert before == after


def test_a_task_goes_where_a_person_says(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    before = small_office.task()
    small_office.publish(line("other"))

    migration_id = move_all(small_office, {"work": "other"})

    assert outcomes(small_office, migration_id) == [("moved", "")]
    assert small_office.task("other").id == before.id
    assert small_office.task("other").name == "other"
    small_office.complete("other")
    assert small_office.rows(instances)[0].status == "completed"


def test_a_move_is_undone_while_nothing_has_happened_since(office: Office) -> None:
    office.publish(OLD)
    instance_id = office.start()
    states = ("state", "version", "bundle_id", "marking", "variables")
    before = office.rows(instances)[0], office.rows(tasks), office.rows(timers)
    office.publish(line("other", more=boundary("urge", "other", timer("timeDuration", "P3W"))))
    migration_id = move_all(office, {"work": "other"})

    office.executor.execute(UndoMove(migration_id, instance_id), ANN)

    now = office.rows(instances)[0]
    assert [getattr(now, each) for each in states[1:]] == [
        getattr(before[0], each) for each in states[1:]
    ]
    assert office.rows(tasks) == before[1]
    waiting = [row for row in office.rows(timers) if row.status == "waiting"]
    assert waiting == before[2]
    assert outcomes(office, migration_id) == [("undone", "")]
    office.complete("work")
    assert office.rows(instances)[0].status == "completed"


def test_a_move_is_not_undone_once_the_case_has_gone_on(small_office: Office) -> None:
    small_office.publish(line("work", "more"))
    instance_id = small_office.start()
    small_office.publish(line("work", "more", "most"))
    migration_id = move_all(small_office)
    small_office.complete("work")

    with pytest.raises(MovedOn):
        small_office.executor.execute(UndoMove(migration_id, instance_id), ANN)
    small_office.executor.execute(UndoMigration(migration_id), ANN)
    carry_on(small_office.executor, seconds=60)

    assert [each[0] for each in outcomes(small_office, migration_id)] == ["kept"]
    assert small_office.rows(instances)[0].version == 2


def test_a_suspended_case_moves_and_its_new_timer_sleeps(small_office: Office) -> None:
    small_office.publish(OLD)
    instance_id = small_office.start()
    small_office.executor.execute(SuspendInstance(instance_id, "A pause"), ANN)
    small_office.publish(
        line(
            "work",
            more=boundary("chase", "work", timer("timeDuration", "P2W"))
            + boundary("urge", "work", timer("timeDuration", "P3W")),
        )
    )

    migration_id = move_all(small_office)

    assert outcomes(small_office, migration_id) == [("moved", "")]
    assert {row.status for row in small_office.rows(timers)} == {"suspended"}
    assert small_office.rows(instances)[0].status == "suspended"


def test_a_timer_that_falls_due_meanwhile_fires_once(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)
    small_office.pass_time(dt.timedelta(weeks=3))

    move_all(small_office)
    fired = fire_due(small_office.executor) + fire_due(small_office.executor)

    assert fired == 1
    assert small_office.domain.services.called == ["chase_service"]


def test_a_failed_step_takes_its_incident_along_and_back(small_office: Office) -> None:
    def version(name: str) -> bytes:
        body = START + task("work") + service(name) + END + flows("start", "work", name, "end")
        return diagram(body)

    small_office.publish(version("send"))
    instance_id = small_office.start()
    small_office.domain.services.failing = {"send"}
    small_office.complete("work")
    small_office.publish(version("post"))

    migration_id = move_all(small_office, {"send": "post"})
    there = small_office.rows(incidents)[0].element_id
    small_office.executor.execute(UndoMove(migration_id, instance_id), ANN)

    assert there == "post"
    assert small_office.rows(incidents)[0].element_id == "send"
    small_office.domain.services.failing = set()
    small_office.executor.execute(RetryIncident(small_office.rows(incidents)[0].id), ANN)
    assert small_office.rows(instances)[0].status == "completed"


def test_what_is_moved_again_after_an_undoing_gets_its_timers_again(small_office: Office) -> None:
    small_office.publish(line("work"))
    instance_id = small_office.start()
    small_office.publish(OLD)
    migration_id = move_all(small_office)
    small_office.executor.execute(UndoMove(migration_id, instance_id), ANN)

    move_all(small_office)

    assert small_office.timer("chase").status == "waiting"
    assert small_office.problems() == []
