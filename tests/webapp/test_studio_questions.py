"""What the studio asks while somebody draws: lists, previews, checks of expressions."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.pages import Visitor
from workflows import bootstrap
from workflows.documents.store import DocumentStore
from workflows.queries import studio_lists

XML = (Path(__file__).parents[2] / "bpmn" / "shared" / "gather_advice.bpmn").read_text()


class Studio:
    """An owner with a draft open."""

    def __init__(self, visitor: Visitor) -> None:
        visitor.sign_in("owner")
        page = "/diagrams/gather_advice/1"
        answer = visitor.post("/drafts", page=page, key="gather_advice", version="1")
        self.visitor = visitor
        self.address: str = answer.headers["Location"]

    def ask(self, path: str, status: int = 200, **body: Any) -> Any:
        headers = {"X-CSRFToken": self.visitor.token("/account"), "Accept": "application/json"}
        answer = self.visitor.client.post(f"{self.address}/{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.get_data(as_text=True)[:500]
        return answer.get_json()


@pytest.fixture
def studio(visitor: Visitor) -> Studio:
    return Studio(visitor)


def test_the_lists_offer_what_the_rulebook_and_the_county_have(studio: Studio) -> None:
    found = studio.ask("lists", xml=XML)

    duty = next(each for each in found["duties"] if each["code"] == "assessment.advice")
    assert duty["limit"] == "6 weeks"
    assert duty["per_qualifier"]
    assert "SEN casework" in {each["name"] for each in found["roles"]}
    assert "advice_received" in {each["code"] for each in found["facts"]}
    assert "advice_request" in {each["code"] for each in found["notices"]}
    assert "gather_advice" in {each["code"] for each in found["processes"]}
    assert "routing" in {each["code"] for each in found["decisions"]}


def test_the_names_are_those_of_the_drawing_and_of_the_processes_it_shares_them_with(
    studio: Studio,
) -> None:
    drawn = XML.replace('id="advice_needs"', 'id="drawn_just_now"')

    names = {each["code"]: each for each in studio.ask("lists", xml=drawn)["variables"]}

    assert names["adviser"]["type"] == "map"
    assert "drawn_just_now" in names
    assert names["decision_to_assess"]["values"] == ["assess", "refuse"]


def test_each_service_is_offered_once_and_there_is_no_other(tmp_path: Path) -> None:
    known = bootstrap.topics(DocumentStore(tmp_path.as_uri()))

    assert sorted(each.code for each in studio_lists.TOPICS) == sorted(known)


@pytest.mark.parametrize(
    ("text", "expects", "problem"),
    [
        ("due_for('assessment.advice', string(adviser.code))", "date", ""),
        ("advice_recieved_on", "date", "Did you mean “advice_received_on”?"),
        ("advice_needs", "date", "wanted is date"),
        ("", "boolean", "it is empty"),
        ("decision_to_assess == 'maybe'", "boolean", "is never “maybe”"),
    ],
)
def test_an_expression_is_checked_against_the_names_of_the_drawing(
    studio: Studio, text: str, expects: str, problem: str
) -> None:
    found = studio.ask("expression", xml=XML, text=text, expects=expects)

    assert problem in found["problem"]
    assert bool(found["problem"]) == bool(problem)


def test_a_form_is_shown_as_staff_will_see_it(studio: Studio) -> None:
    html = studio.ask("form-preview", xml=XML, element="give_advice")["html"]

    assert "What the child’s needs are, and what they can do" in html
    assert 'name="advice_received_on-day"' in html
    assert studio.ask("form-preview", xml=XML, element="advice_wanted")["html"].strip() == ""


def test_a_form_that_is_wrong_says_what_is_wrong_with_it(studio: Studio) -> None:
    wrong = XML.replace('id="advice_needs"', 'id="Advice needs"')

    refused = studio.ask("form-preview", 422, xml=wrong, element="give_advice")

    assert "a field needs an id of small letters" in refused["detail"]


def test_problems_are_found_in_what_is_drawn_and_not_saved(studio: Studio) -> None:
    wrong = XML.replace("due_for('assessment.advice', string(adviser.code))", "due(1)")

    assert studio.ask("check", xml=XML)["problems"] == []
    assert studio.ask("check", xml=wrong)["problems"][0]["element"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("lists", {}),
        ("lists", {"xml": "<html/>"}),
        ("expression", {"xml": XML, "text": "true", "expects": "wonder"}),
        ("expression", {"xml": XML, "text": 1, "expects": "date"}),
        ("form-preview", {"xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + XML, "element": "x"}),
        ("copy", {"xml": "nothing"}),
    ],
)
def test_what_is_no_question_is_refused(studio: Studio, path: str, body: Any) -> None:
    assert studio.ask(path, 422, **body)["detail"]


def test_what_could_not_be_saved_is_kept_as_a_draft_of_its_own(studio: Studio) -> None:
    mine = XML.replace("Give advice", "Give mine")

    made = studio.ask("copy", 201, xml=mine)

    assert studio.visitor.get(f"{made['address']}/file").data.decode() == mine
    assert "Give mine" not in studio.visitor.get(f"{studio.address}/file").data.decode()


def test_the_state_names_who_saved_and_gives_a_token(studio: Studio) -> None:
    found = studio.visitor.get(f"{studio.address}/state").get_json()

    assert found["revision"] == 1
    assert found["saved_by"] == "Peter Lindqvist"
    assert found["token"]


def test_the_studio_answers_process_owners_alone(studio: Studio) -> None:
    studio.visitor.sign_in("manager")

    studio.visitor.get(f"{studio.address}/state", status=404)
    studio.ask("lists", 404, xml=XML)
