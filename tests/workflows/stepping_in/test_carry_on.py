"""Many things at once: each once, by the right of whoever ordered it, and back while unchanged."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.complete_task import CompleteTask
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.unit_of_work import Work
from tests.support import many
from tests.support.county import County
from tests.support.many import ASHA, BRONWEN, TOM
from workflows.batches.operation import Operation
from workflows.commands.discard_batch import BatchNotToBeDiscarded, DiscardBatch
from workflows.commands.plan_batch import NothingChosen, PlanBatch, TooMany
from workflows.commands.resume_batch import NothingWaits, ResumeBatch
from workflows.commands.start_batch import BatchStartedAlready, StartBatch
from workflows.commands.stop_batch import BatchNotUnderWay, StopBatch
from workflows.commands.undo_batch import BatchNotToBeUndone, UndoBatch
from workflows.stepping_in.carry_on import GONE, carry_on
from workflows.stepping_in.effects import effects
from workflows.stepping_in.item import ActedOn, Doing
from workflows.store import batches
from workflows.store.batches import NewItem
from workflows.store.tables import people


def test_tasks_change_hands_with_the_reason_and_by_the_manager(county: County) -> None:
    found = many.ashas_tasks(county, 2)

    batch = many.started(county, [NewItem(each, TOM) for each in found])
    settled = many.work_off(county)

    assert settled == 2
    assert many.fates(county, batch) == [("done", ""), ("done", "")]
    assert [many.task(county, each).assignee for each in found] == [TOM, TOM]
    said = county.happened(many.task(county, found[0]).subject_id, "TaskAssigned")
    assert said[-1]["reason"] == "Asha is ill"
    assert county.problems() == []


def test_what_cannot_be_done_is_refused_by_itself_and_reveals_nothing(small_county: County) -> None:
    good, wrong, done = many.ashas_tasks(small_county, 3)
    case_id = many.task(small_county, done).subject_id
    small_county.complete(case_id, many.task(small_county, done).element_id)
    items = [NewItem(good, TOM), NewItem(wrong, BRONWEN), NewItem(done, TOM), NewItem(uuid4(), TOM)]

    batch = many.started(small_county, [*items, NewItem(good, TOM)])
    many.work_off(small_county)

    assert many.fates(small_county, batch) == [
        ("done", ""),
        ("refused", "The task can only be given to a member of its team."),
        ("refused", "A colleague has completed this task already."),
        ("refused", "There is no such task."),
    ]


def test_what_is_so_already_is_unchanged(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)

    batch = many.started(small_county, [NewItem(found, ASHA)])
    many.work_off(small_county)

    assert many.fates(small_county, batch) == [("unchanged", "")]


def test_what_nobody_acted_on_comes_back_and_the_rest_stays(county: County) -> None:
    back, drafted, released = many.ashas_tasks(county, 3)
    batch = many.started(county, [NewItem(each, TOM) for each in (back, drafted, released)])
    many.work_off(county)
    tom, manager = county.person("casework2"), county.person("manager")
    county.system.execute(SaveDraft(drafted, {}), tom)
    county.system.execute(ReleaseTask(released), tom)

    county.system.execute(UndoBatch(batch), manager)
    many.work_off(county)

    assert [many.task(county, each).assignee for each in (back, drafted, released)] == [
        ASHA,
        TOM,
        "",
    ]
    said = ActedOn.__doc__
    assert many.fates(county, batch) == [("undone", ""), ("kept", said), ("kept", said)]


def test_tasks_of_nobody_go_back_to_nobody(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    manager = small_county.person("manager")
    given_back = many.started(small_county, [NewItem(found)], "release")
    many.work_off(small_county)
    taken = many.started(small_county, [NewItem(found, TOM)])
    many.work_off(small_county)
    assert many.task(small_county, found).assignee == TOM

    for each in (taken, given_back):
        small_county.system.execute(UndoBatch(each), manager)
        many.work_off(small_county)

    # Giving it back was not the last that was done to it when it was to be undone.
    assert many.fates(small_county, taken) == [("undone", "")]
    assert many.task(small_county, found).assignee in {ASHA, ""}


def test_processes_are_suspended_and_go_on_when_it_is_undone(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    instance = many.task(small_county, found).instance_id
    batch = many.started(small_county, [NewItem(instance)], "suspend")
    many.work_off(small_county)
    with small_county.system.read() as connection:
        assert batches.standing(connection, "instance", instance)[0] == "suspended"

    small_county.system.execute(UndoBatch(batch), small_county.person("manager"))
    many.work_off(small_county)

    with small_county.system.read() as connection:
        assert batches.standing(connection, "instance", instance)[0] == "active"


def test_cases_are_escalated_to_the_managers(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    case_id = many.task(small_county, found).subject_id

    batch = many.started(small_county, [NewItem(case_id)], "escalate")
    many.work_off(small_county)

    assert many.fates(small_county, batch) == [("done", "")]
    (told,) = small_county.happened(case_id, "ReminderSent")
    assert (told["how"], told["recipients"]) == ("escalate", ["role:manager"])
    with pytest.raises(BatchNotToBeUndone):
        small_county.system.execute(UndoBatch(batch), small_county.person("manager"))


def test_a_fault_between_the_command_and_its_item_leaves_neither(county: County) -> None:
    (found,) = many.ashas_tasks(county, 1)
    batch = many.started(county, [NewItem(found, TOM)])

    @dataclass
    class Dies(Doing):
        def end(self, work: Work) -> None:
            Doing.end(self, work)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        county.system.executor.execute(
            AssignTask(found, TOM),
            county.person("manager"),
            beside=Dies(batch, found, Operation.REASSIGN),
        )

    assert many.task(county, found).assignee == ASHA
    assert many.fates(county, batch) == [("waiting", "")]
    many.work_off(county)
    assert many.fates(county, batch) == [("done", "")]


def test_it_is_stopped_and_goes_on(small_county: County) -> None:
    found = many.ashas_tasks(small_county, 2)
    batch = many.started(small_county, [NewItem(each, TOM) for each in found])
    manager, execute = small_county.person("manager"), small_county.system.execute

    execute(StopBatch(batch), manager)
    assert many.work_off(small_county) == 0
    with pytest.raises(BatchNotUnderWay):
        execute(StopBatch(batch), manager)

    execute(ResumeBatch(batch), manager)
    assert many.work_off(small_county) == 2
    with pytest.raises(NothingWaits):
        execute(ResumeBatch(batch), manager)
    with pytest.raises(BatchStartedAlready):
        execute(StartBatch(batch, "Again"), manager)
    with pytest.raises(BatchNotToBeDiscarded):
        execute(DiscardBatch(batch), manager)


def test_whoever_ordered_it_and_has_left_orders_nothing_any_more(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    batch = many.started(small_county, [NewItem(found, TOM)])
    with small_county.system.engine.begin() as connection:
        connection.execute(
            people.update().where(people.c.email == "manager@demo.test").values(active=False)
        )

    carry_on(small_county.system.executor)

    assert many.fates(small_county, batch) == [("refused", GONE)]


def test_effects_are_shown_and_change_nothing(small_county: County) -> None:
    good, same, wrong = many.ashas_tasks(small_county, 3)
    items = [NewItem(good, TOM), NewItem(same, ASHA), NewItem(wrong, BRONWEN)]
    before = small_county.everything()

    @dataclass
    class Planned:
        operation: str = "reassign"
        reason: str = ""

    manager = small_county.person("manager")
    found = effects(small_county.system.executor, manager, Planned(), items)

    assert [each.fate for each in found] == ["changes", "unchanged", "refused"]
    assert small_county.everything() == before


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (PlanBatch("reassign", ()), NothingChosen),
        (PlanBatch("reassign", tuple(NewItem(uuid4(), TOM) for _ in range(1001))), TooMany),
        (PlanBatch("erase", (NewItem(uuid4()),)), Exception),
        (StartBatch(uuid4(), " "), Exception),
        (StartBatch(uuid4(), "Why not"), batches.NoSuchBatch),
    ],
    ids=["nothing", "too many", "unknown", "no reason", "no batch"],
)
def test_what_cannot_be_planned_is_refused(
    small_county: County, command: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        small_county.system.execute(command, small_county.person("manager"))


def test_a_task_that_was_completed_since_stays_completed(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    batch = many.started(small_county, [NewItem(found, TOM)])
    many.work_off(small_county)
    row = many.task(small_county, found)
    command, _ = small_county.command_for(row)
    assert isinstance(command, CompleteTask)
    small_county.system.execute(command, small_county.person("casework2"))

    small_county.system.execute(UndoBatch(batch), small_county.person("manager"))
    many.work_off(small_county)

    assert many.fates(small_county, batch)[0][0] == "kept"
