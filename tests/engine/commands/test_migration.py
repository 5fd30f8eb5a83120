"""A migration as a batch: chosen, stopped, resumed, crashed, by several workers."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from typing_extensions import override

from engine import errors, ports
from engine.commands.complete_task import CompleteTask
from engine.commands.discard_migration import DiscardMigration
from engine.commands.map_migration import MapMigration
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.plan_migration import NothingToMove, PlanMigration
from engine.commands.resume_migration import ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.commands.stop_migration import StopMigration
from engine.commands.undo_migration import UndoMigration
from engine.executor import Executor, Outcome
from engine.store.migration_tables import migration_items
from engine.store.tables import history, instances, tasks
from engine.worker.migrations import carry_on
from tests.support.moving import (
    boundary,
    line,
    move_all,
    outcomes,
    plan,
    status,
    timer,
)
from tests.support.office import ANN, Office

OLD = line("work", more=boundary("chase", "work", timer("timeDuration", "P2W")))
NEW = line("check", "work", "after", more=boundary("chase", "work", timer("timeDuration", "P2W")))


class Crashing(Executor):
    """An executor whose machine is switched off after some commands."""

    left = 2

    @override
    def execute(self, command: object, actor: ports.Actor, *, key: str | None = None) -> Outcome:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return super().execute(command, actor, key=key)


def test_a_crash_in_the_middle_loses_nothing(small_office: Office) -> None:
    small_office.publish(OLD)
    for _ in range(4):
        small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    small_office.executor.execute(StartMigration(migration_id, "Try"), ANN)
    here = small_office.executor

    with pytest.raises(KeyboardInterrupt):
        carry_on(Crashing(here.engine, here.clock, here.domain, {}), seconds=60)
    half = [row.status for row in small_office.rows(migration_items)]
    carry_on(small_office.executor, seconds=60)

    assert sorted(half) == ["moved", "moved", "waiting", "waiting"]
    assert outcomes(small_office, migration_id) == [("moved", "")] * 4
    assert len(small_office.rows(history, kind="InstanceMoved")) == 4


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


def test_a_case_that_ended_meanwhile_is_left(small_office: Office) -> None:
    small_office.publish(OLD)
    small_office.start()
    small_office.publish(NEW)
    migration_id = plan(small_office)
    small_office.complete("work")
    small_office.executor.execute(StartMigration(migration_id, "Late"), ANN)

    carry_on(small_office.executor)

    assert outcomes(small_office, migration_id) == [("ended", "The process has ended.")]


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
