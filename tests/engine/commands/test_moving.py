"""Running instances move to another version, with all that people have of them."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from engine import errors
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.discard_migration import DiscardMigration
from engine.commands.map_migration import MapMigration
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.plan_migration import NothingToMove, PlanMigration
from engine.commands.resume_migration import ResumeMigration
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.start_migration import StartMigration
from engine.commands.stop_migration import StopMigration
from engine.commands.suspend_instance import SuspendInstance
from engine.commands.undo_migration import UndoMigration
from engine.commands.undo_move import MovedOn, UndoMove
from engine.store.migration_tables import migration_items
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
    plan,
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


def test_a_whole_migration_is_undone(small_office: Office) -> None:
    small_office.publish(OLD)
    for _ in range(3):
        small_office.start()
    small_office.publish(NEW)
    migration_id = move_all(small_office)

    small_office.executor.execute(UndoMigration(migration_id), ANN)
    carry_on(small_office.executor, seconds=60)

    assert [each[0] for each in outcomes(small_office, migration_id)] == ["undone"] * 3
    assert {row.version for row in small_office.rows(instances)} == {1}
    assert status(small_office, migration_id) == "done"


def test_a_migration_stops_and_goes_on(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    small_office.executor.execute(StartMigration(migration_id, "Why not"), ANN)
    small_office.executor.execute(StopMigration(migration_id), ANN)

    carry_on(small_office.executor)

    assert outcomes(small_office, migration_id) == [("waiting", "")]
    small_office.executor.execute(ResumeMigration(migration_id), ANN)
    carry_on(small_office.executor)
    assert outcomes(small_office, migration_id) == [("moved", "")]


def test_only_the_chosen_cases_move(small_office: Office) -> None:
    small_office.publish(OLD)
    chosen, other = small_office.start(), small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office, chosen=(chosen,))
    small_office.executor.execute(StartMigration(migration_id, "One first"), ANN)

    carry_on(small_office.executor)

    versions = {row.id: row.version for row in small_office.rows(instances)}
    assert versions == {chosen: 2, other: 1}


def test_a_migration_of_nothing_is_refused(small_office: Office) -> None:
    small_office.publish(OLD)

    with pytest.raises(NothingToMove):
        plan(small_office)
    with pytest.raises(errors.NotFound):
        small_office.executor.execute(PlanMigration("main", 1, to_version=9), ANN)


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


def test_a_case_that_ended_meanwhile_is_left(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    small_office.complete("work")
    small_office.executor.execute(StartMigration(migration_id, "Late"), ANN)

    carry_on(small_office.executor)

    assert outcomes(small_office, migration_id) == [("ended", "The process has ended.")]


def test_a_crash_in_the_middle_loses_nothing(small_office: Office, monkeypatch: Any) -> None:
    small_office.publish(OLD)
    for _ in range(4):
        small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    small_office.executor.execute(StartMigration(migration_id, "Try"), ANN)
    small_office.domain.refuses = False
    seen: list[UUID] = []
    execute = small_office.executor.execute

    def crash(command: object, actor: Any, **more: Any) -> Any:
        if len(seen) == 2:
            raise KeyboardInterrupt  # the machine is switched off
        seen.append(command.instance_id)
        return execute(command, actor, **more)

    monkeypatch.setattr(small_office.executor, "execute", crash)
    with pytest.raises(KeyboardInterrupt):
        carry_on(small_office.executor, seconds=60)
    monkeypatch.undo()
    half = [row.status for row in small_office.rows(migration_items)]
    carry_on(small_office.executor, seconds=60)

    assert sorted(half) == ["moved", "moved", "waiting", "waiting"]
    assert outcomes(small_office, migration_id) == [("moved", "")] * 4
    assert len(small_office.rows(history, kind="InstanceMoved")) == 4


def test_what_the_domain_refuses_is_blocked_and_nothing_of_it_stands(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    small_office.executor.execute(StartMigration(migration_id, "Try"), ANN)
    small_office.domain.refuses = True

    carry_on(small_office.executor)

    assert outcomes(small_office, migration_id) == [("blocked", "The domain wants none of it.")]
    assert small_office.rows(instances)[0].version == 1


def test_two_workers_move_each_case_once(office: Office) -> None:
    office.publish(OLD)
    for _ in range(12):
        office.start()
    office.publish(NEW)
    migration_id = plan(office)
    office.executor.execute(StartMigration(migration_id, "Together"), ANN)

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(carry_on, office.executor, seconds=60) for _ in range(2)]:
            each.result()
    carry_on(office.executor, seconds=60)

    assert outcomes(office, migration_id) == [("moved", "")] * 12
    assert len(office.rows(history, kind="InstanceMoved")) == 12
    assert {row.revision for row in office.rows(instances)} == {2}
    assert office.problems() == []


def test_a_case_in_which_something_happens_meanwhile_is_moved_as_it_then_is(office: Office) -> None:
    office.publish(line("work", "more"))
    for _ in range(6):
        office.start()
    office.publish(line("work", "between", "more"))
    migration_id = plan(office)
    office.executor.execute(StartMigration(migration_id, "Busy"), ANN)
    open_tasks = office.rows(tasks, status="open")

    with ThreadPoolExecutor(2) as pool:
        moving = pool.submit(carry_on, office.executor, seconds=60)
        for row in open_tasks:
            office.executor.execute(CompleteTask(row.id, {}), ANN)
        moving.result()
    carry_on(office.executor, seconds=60)

    assert outcomes(office, migration_id) == [("moved", "")] * 6
    elements = {row.element_id for row in office.rows(tasks, status="open")}
    assert elements <= {"between", "more"}
    assert len(office.rows(tasks, status="open")) == 6
    assert office.problems() == []


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


def test_a_running_migration_cannot_be_changed_undone_or_discarded(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    with pytest.raises(errors.Conflict):
        small_office.executor.execute(StopMigration(migration_id), ANN)
    with pytest.raises(errors.Conflict):
        small_office.executor.execute(ResumeMigration(migration_id), ANN)
    with pytest.raises(errors.Invalid):
        small_office.executor.execute(MapMigration(migration_id, {"work": "nowhere"}), ANN)
    small_office.executor.execute(StartMigration(migration_id, "Try"), ANN)
    for command in (
        StartMigration(migration_id, "Again"),
        MapMigration(migration_id, {}),
        UndoMigration(migration_id),
        DiscardMigration(migration_id),
    ):
        with pytest.raises(errors.Conflict):
            small_office.executor.execute(command, ANN)
    with pytest.raises(errors.NotFound):
        small_office.executor.execute(StopMigration(uuid4()), ANN)


def test_what_was_blocked_is_tried_again_after_a_stop(small_office: Office) -> None:
    small_office.publish(line("work"))
    small_office.start()
    small_office.publish(line("other"))
    migration_id = plan(small_office)
    small_office.executor.execute(StartMigration(migration_id, "Try"), ANN)
    small_office.executor.execute(MigrateInstance(migration_id, one_of(small_office)), ANN)
    blocked = outcomes(small_office, migration_id)[0][0]

    small_office.executor.execute(StopMigration(migration_id), ANN)
    small_office.executor.execute(MapMigration(migration_id, {"work": "other"}), ANN)
    small_office.executor.execute(ResumeMigration(migration_id), ANN)
    carry_on(small_office.executor)

    assert blocked == "blocked"
    assert outcomes(small_office, migration_id) == [("moved", "")]


def one_of(office: Office) -> UUID:
    found: UUID = office.rows(instances)[0].id
    return found
