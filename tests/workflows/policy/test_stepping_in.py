"""A process is put back, never past a step that the law asks for; and begun again as is true now."""

import datetime as dt

import pytest

from engine.commands.cancel_timer import CancelTimer
from engine.commands.move_token import MoveToken
from engine.commands.restart_instance import RestartInstance
from engine.runtime.tokens import CannotMove
from engine.store.tables import timers
from tests.support.county import County
from workflows.commands.correct_fact import CorrectFact
from workflows.policy.refusal import NotAllowed


def test_a_process_goes_back_to_a_step_that_must_be_done_again(county: County) -> None:
    case_id = county.open_case()
    county.walk(case_id, until="decide_to_assess")
    instance_id = county.open_tasks(case_id)[0].instance_id
    before = county.deadline(case_id, "assessment.decision")

    county.system.execute(
        MoveToken(instance_id, "decide_to_assess", "collate_evidence", "A report came late."),
        county.person("manager"),
    )

    assert [each.element_id for each in county.open_tasks(case_id)] == ["collate_evidence"]
    assert county.deadline(case_id, "assessment.decision") == before
    assert county.problems() == []
    county.walk(case_id, until="choose_advisers")
    assert county.deadline(case_id, "assessment.decision").met is not None
    assert county.problems() == []


def test_a_step_that_the_law_asks_for_is_not_left_out(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    instance_id = small_county.open_tasks(case_id)[0].instance_id
    before = small_county.everything()

    with pytest.raises(CannotMove, match="is a step that the law asks for"):
        small_county.system.execute(
            MoveToken(instance_id, "decide_to_assess", "choose_advisers", "To save time."),
            small_county.person("manager"),
        )

    assert small_county.everything() == before


def test_advice_is_not_left_out_while_it_is_owed(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    instance_id = small_county.open_tasks(case_id)[0].instance_id

    with pytest.raises(CannotMove, match="is a step that the law asks for"):
        small_county.system.execute(
            MoveToken(instance_id, "gather_all_advice", "hold_meeting", "To save time."),
            small_county.person("manager"),
        )


def test_a_process_begins_again_with_the_date_that_was_corrected(county: County) -> None:
    case_id = county.open_case()
    county.walk(case_id, until="collate_evidence")
    instance_id = county.open_tasks(case_id)[0].instance_id
    right = dt.date(2026, 1, 2)
    correct = CorrectFact(case_id, "request_received", right, "The stamp says so.")
    county.system.execute(correct, county.person("casework"))
    before = county.deadline(case_id, "assessment.decision")

    command = RestartInstance(instance_id, "The request was registered wrongly.")
    county.system.execute(command, county.person("manager"))

    tasks = county.open_tasks(case_id)
    assert {each.instance_id for each in tasks} == {command.new_instance_id}
    assert [each.element_id for each in tasks] == ["register_request"]
    after = county.deadline(case_id, "assessment.decision")
    assert (after.opened, after.due, after.met) == (before.opened, before.due, None)
    assert len(county.happened(case_id, "FactRecorded")) == 2, "as begun, and as corrected"
    assert county.case(case_id).outcome == ""
    assert county.case(case_id).status == "open"
    assert county.problems() == []
    county.walk(case_id, until="choose_advisers")
    assert county.problems() == []


def test_a_timer_of_a_duty_is_not_cancelled(small_county: County) -> None:
    small_county.open_case()
    with small_county.system.read() as connection:
        row = connection.execute(timers.select().where(timers.c.duty != "").limit(1)).one()

    with pytest.raises(NotAllowed, match="follows a statutory time limit"):
        small_county.system.execute(CancelTimer(row.id, "R"), small_county.person("manager"))
