"""Reviews are started from the transition plan, once for each learner, and followed to their end."""

from pathlib import Path
from uuid import UUID

import pytest
from lxml import html

from engine import errors
from engine.commands.complete_task import CompleteTask
from engine.commands.publish_definitions import PublishDefinitions
from tests.support.county import County
from tests.support.learners import AUTUMN, added, states
from tests.support.pages import Visitor, source_of as text
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.open_case import OpenCase
from workflows.commands.place_learner import PlaceLearner
from workflows.commands.remove_learner import RemoveLearner
from workflows.store.learners import NoSuchLearner, ReviewStarted
from workflows.transition.schedule import State

REFUSED = {
    "decision_to_assess": "refuse",
    "decision_reasons": "Her college meets her needs.",
    "panel_members": "M Doyle",
}


def test_a_review_is_started_from_the_plan_and_followed_to_its_end(
    visitor: Visitor, past: County
) -> None:
    learner = added(past, kind="lda", year_group=13, setting_id="wolds-college")
    visitor.sign_in("casework")
    page = text(visitor.get(f"/transition-plan/{learner}"))
    address = f"/start/statement_transfer?learner={learner}"
    assert f'href="{address}"' in page

    form = text(visitor.get(address))
    given = {
        "learner": str(learner),
        "received_on-day": "20",
        "received_on-month": "9",
        "received_on-year": "2015",
        "transfer_kind": "lda",
        "child_first_name": "Ada",
        "child_last_name": "Lovell",
        "child_date_of_birth-day": "4",
        "child_date_of_birth-month": "3",
        "child_date_of_birth-year": "2000",
        "parent_name": "Joan Lovell",
        "area": "north",
        "setting": "wolds-college",
    }
    answer = visitor.post("/start/statement_transfer", page=address, **given)
    case_id = UUID(answer.location.rpartition("/")[2])

    assert f'name="learner" value="{learner}"' in form
    assert 'value="Lovell"' in form
    assert '<option value="14" selected' in form, "a year later by now"
    assert 'label for="learner"' not in form
    assert states(past) == {"Ada": State.STARTED}
    with pytest.raises(ReviewStarted):
        past.system.execute(PlaceLearner(learner, AUTUMN.date(), "Later"), past.person("casework"))
    with pytest.raises(ReviewStarted):
        past.system.execute(RemoveLearner(learner, "Gone"), past.person("casework"))
    (task,) = past.open_tasks(case_id)
    past.system.execute(CompleteTask(task.id, REFUSED), past.person("panel"))
    assert states(past) == {"Ada": State.DONE}
    assert past.case(case_id).reference in text(visitor.get(f"/transition-plan/{learner}"))


def opened(county: County, learner: str, name: str = "casework") -> UUID:
    values = {
        "received_on": "2015-09-20",
        "transfer_kind": "lda",
        "child_first_name": "Ada",
        "child_last_name": "Lovell",
        "child_date_of_birth": "2000-03-04",
        "parent_name": "Joan Lovell",
        "area": "north",
        "setting": "wolds-college",
        "learner": learner,
    }
    command = OpenCase("statement_transfer", values)
    county.system.execute(command, county.person(name))
    return command.case_id


def test_there_is_one_review_unless_it_was_withdrawn(past: County) -> None:
    learner = added(past, kind="lda", year_group=13)
    case_id = opened(past, str(learner))
    before = past.everything()

    with pytest.raises(ReviewStarted):
        opened(past, str(learner))
    unchanged = past.everything()
    past.system.execute(
        EndCase(case_id, Ending.WITHDRAWN, AUTUMN.date(), "Asked"), past.person("casework")
    )
    after_withdrawal = states(past)
    opened(past, str(learner))

    assert unchanged["cases"] == before["cases"]
    assert after_withdrawal["Ada"] == State.NOT_PLACED
    assert states(past) == {"Ada": State.STARTED}


@pytest.mark.parametrize("learner", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_a_case_for_a_learner_who_is_not_there_is_not_opened(past: County, learner: str) -> None:
    with pytest.raises(NoSuchLearner):
        opened(past, learner)
    with pytest.raises(errors.Forbidden):
        opened(past, learner, "setting")

    assert past.everything()["cases"] == []


def test_a_setting_learns_nothing_of_the_plan_by_its_start_form(
    visitor: Visitor, past: County
) -> None:
    learner = added(past)
    visitor.sign_in("setting")

    form = text(visitor.get(f"/start/statement_transfer?learner={learner}"))

    assert "Lovell" not in form
    assert str(learner) not in form


def test_the_form_of_a_statement_knows_its_date_of_the_law(visitor: Visitor, past: County) -> None:
    learner = added(past)
    visitor.sign_in("casework")

    form = html.fromstring(visitor.get(f"/start/statement_transfer?learner={learner}").get_data())

    checked = form.xpath("//input[@checked]/@value")
    assert checked[:2] == ["statement", "post_16"]


def test_without_a_process_for_it_the_page_says_so(visitor: Visitor, past: County) -> None:
    learner = added(past)
    diagram = (Path(__file__).parents[2] / "bpmn" / "statement_transfer.bpmn").read_text()
    without = diagram.replace('formField id="learner"', 'formField id="somebody"')
    files = {"statement_transfer.bpmn": without.encode()}
    past.system.execute(PublishDefinitions(files, "Without it"), past.person("owner"))
    visitor.sign_in("casework")

    page = text(visitor.get(f"/transition-plan/{learner}"))

    assert "is not published yet" in page
    assert "Start the review" not in page
