"""A task of the plan takes its sections from the editor, and is refused while the thread is broken."""

from typing import Any
from uuid import UUID

import pytest

from engine.changes import Values
from engine.executor import Outcome
from tests.support.county import County
from tests.support.plans import WHOLE, whole
from workflows.commands.complete_plan_task import NOT_AS_DECIDED, CompletePlanTask, PlanNotReady
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.plan import document, text
from workflows.store import plans


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case whose plan is to be drafted."""
    found = small_county.open_case()
    small_county.walk(found, until="draft_plan")
    return found


def write(county: County, case_id: UUID) -> None:
    with county.system.read() as connection:
        revision = plans.working(connection, case_id).revision
    county.system.execute(SavePlan(case_id, WHOLE, revision), county.person("casework"))


def complete(county: County, case_id: UUID, **values: Any) -> Outcome:
    row = next(each for each in county.open_tasks(case_id) if each.form_key == "plan")
    given: Values = values
    return county.system.execute(CompletePlanTask(row.id, given), county.person("casework"))


def working(county: County, case_id: UUID) -> Any:
    with county.system.read() as connection:
        return document.load(plans.working(connection, case_id).document)


def completed(county: County, case_id: UUID, element: str) -> Values:
    found = [
        each for each in county.happened(case_id, "TaskCompleted") if each["element_id"] == element
    ]
    values: Values = found[-1]["values"]
    return values


def test_the_form_is_filled_in_from_the_plan(small_county: County, case_id: UUID) -> None:
    write(small_county, case_id)

    complete(small_county, case_id)

    said = completed(small_county, case_id, "draft_plan")
    assert said["section_f"] == text.section_text(whole(), "f")
    assert said["section_c"] is None
    assert working(small_county, case_id) == whole(), "its rows stay"


def test_a_plan_whose_thread_is_broken_is_refused_by_section(
    small_county: County, case_id: UUID
) -> None:
    write(small_county, case_id)
    command = SavePlanSection(case_id, "e", {}, 1)
    small_county.system.execute(command, small_county.person("casework"))
    before = small_county.everything()

    with pytest.raises(PlanNotReady) as caught:
        complete(small_county, case_id)

    assert caught.value.errors == {
        "section_b": ("Need B1 leads to no outcome.", "Need B2 leads to no outcome."),
        "section_e": ("Section E is empty.",),
    }
    assert small_county.everything() == before


def test_texts_that_a_program_sends_become_the_plan(small_county: County, case_id: UUID) -> None:
    write(small_county, case_id)
    same = text.section_text(whole(), "b")

    small_county.complete(case_id, "draft_plan", section_b=same, section_e="Reads.")

    plan = working(small_county, case_id)
    assert plan.of("e").text == "Reads."
    assert plan.of("b") == whole().of("b"), "what it sent as it was keeps its rows"
    changed = small_county.happened(case_id, "PlanSectionChanged")
    assert {each["section"] for each in changed if each["revision"] == 2} >= {"e", "f"}
    assert small_county.problems() == []


def test_the_final_plan_names_the_setting_that_was_decided(
    small_county: County, case_id: UUID
) -> None:
    write(small_county, case_id)
    complete(small_county, case_id)
    small_county.walk(case_id, until="finalise_plan")
    decided = working(small_county, case_id).of("i")
    other = SavePlanSection(case_id, "i", {"text": "Somewhere else"}, 99)
    small_county.system.execute(other, small_county.person("casework"))

    with pytest.raises(PlanNotReady) as caught:
        complete(small_county, case_id, changes_made="None")
    back = SavePlanSection(case_id, "i", document.dump_content(decided), 99)
    small_county.system.execute(back, small_county.person("casework"))
    complete(small_county, case_id, changes_made="None")

    assert decided.text
    assert caught.value.errors == {"section_i": (NOT_AS_DECIDED,)}
    assert completed(small_county, case_id, "finalise_plan")["changes_made"] == "None"


def test_a_final_plan_without_section_i_is_refused(small_county: County, case_id: UUID) -> None:
    write(small_county, case_id)
    complete(small_county, case_id)
    small_county.walk(case_id, until="finalise_plan")
    blank = SavePlanSection(case_id, "i", {}, 99)
    small_county.system.execute(blank, small_county.person("casework"))

    with pytest.raises(PlanNotReady) as caught:
        complete(small_county, case_id, changes_made="None")

    assert len(caught.value.errors["section_i"]) == 2
