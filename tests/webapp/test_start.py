"""Requests are started, and processes on a case."""

from typing import Any

import pytest
import sqlalchemy as sa

from engine.commands.publish_definitions import PublishDefinitions
from engine.ports import SYSTEM
from tests.support.county import County
from tests.support.diagrams import diagram, flows
from tests.support.pages import Visitor
from workflows.store.tables import access_record


def text(answer: Any) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.usefixtures("small_county")
def test_a_request_is_started_and_duplicates_are_shown_first(visitor: Visitor) -> None:
    visitor.sign_in("casework")
    data = {
        "received_on-day": "5",
        "received_on-month": "1",
        "received_on-year": "2026",
        "request_source": "1",
        "child_first_name": "Ada",
        "child_last_name": "Example",
        "child_date_of_birth-day": "4",
        "child_date_of_birth-month": "3",
        "child_date_of_birth-year": "2017",
        "setting": "st-aidans",
        "area": "north",
    }

    wrong = visitor.post("/start/ehc_assessment", status=422, received_on="")
    first = visitor.post("/start/ehc_assessment", **data)
    again = visitor.post("/start/ehc_assessment", status=200, **data)
    sure = visitor.post("/start/ehc_assessment", seen_duplicates="yes", **data)

    assert "Enter child’s first name" in text(wrong)
    assert "Is it one of these?" in text(again)
    assert first.location != sure.location
    assert "Ada Example" in text(visitor.get(first.location))


def test_a_process_is_started_on_a_case(small_county: County, visitor: Visitor) -> None:
    plain = diagram(
        '<startEvent id="asked"><extensionElements><camunda:formData><camunda:formField id="why" '
        'label="Why" type="string"><camunda:validation><camunda:constraint name="required"/>'
        "</camunda:validation></camunda:formField></camunda:formData></extensionElements>"
        '</startEvent><userTask id="talk" name="Talk" camunda:candidateGroups="sen_casework">'
        '<extensionElements><camunda:properties><camunda:property name="no_form" value="A talk."/>'
        "</camunda:properties></extensionElements></userTask>"
        '<endEvent id="talked"/>' + flows("asked", "talk", "talked"),
        "talking",
    ).replace(b'<process id="talking"', b'<process id="talking" name="Talking"')
    small_county.system.execute(PublishDefinitions({"t.bpmn": plain}, "A test"), SYSTEM)
    case_id = small_county.open_case()
    visitor.sign_in("casework")
    address = f"/cases/{case_id}/start/talking"

    assert "Start: Talking" in text(visitor.get(f"/cases/{case_id}"))
    assert "<h1" in text(visitor.get(address))
    assert "Enter why" in text(visitor.post(address, status=422, page=address, why=""))
    visitor.post(address, page=address, why="To be heard")

    assert "talk" in {row.element_id for row in small_county.open_tasks(case_id)}
    with small_county.system.read() as connection:
        seen = connection.execute(sa.select(access_record.c.what)).scalars().all()
    assert "start" in seen
    visitor.sign_in("outsider")
    visitor.get(address, status=404)


def test_a_date_in_the_future_is_refused_with_what_was_typed(visitor: Visitor) -> None:
    visitor.sign_in("casework")

    answer = visitor.post(
        "/start/ehc_assessment",
        status=422,
        **{
            "received_on-day": "5",
            "received_on-month": "1",
            "received_on-year": "2027",
            "child_first_name": "<b>Ada</b>",
        },
    )

    assert "must be today or in the past" in text(answer)
    assert "&lt;b&gt;Ada&lt;/b&gt;" in text(answer)
