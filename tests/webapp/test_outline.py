"""The outline shows a draft as a list of steps, and changes it step by step."""

import re
from typing import Any

import pytest
from flask import Flask
from lxml import html

from engine.commands.complete_task import CompleteTask
from engine.commands.publish_definitions import PublishDefinitions
from engine.definitions import xml
from tests.support.county import County
from tests.support.pages import Visitor, read_of as words
from workflows.outline.drawing import Drawing

NAME = "Check with the virtual school head"


@pytest.fixture
def draft(owner: Visitor) -> str:
    page = "/diagrams/ehc_assessment/1"
    answer = owner.post("/drafts", page=page, key="ehc_assessment", version="1")
    address: str = answer.headers["Location"]
    return address


def revision(owner: Visitor, draft: str) -> str:
    found: str = owner.get(f"{draft}/file").headers["X-Revision"]
    return found


def drawing(owner: Visitor, draft: str) -> Drawing:
    return Drawing(xml.parse(owner.get(f"{draft}/file").data))


def values_of(page: Any) -> dict[str, str]:
    """Return what a browser would send back of the page's last form."""
    form = html.fromstring(page.get_data()).forms[-1]
    return {name: value for name, value in form.form_values() if name != "csrf_token"}


def send(owner: Visitor, address: str, status: int = 303, **changed: str) -> Any:
    values = values_of(owner.get(address)) | changed
    return owner.post(address, status=status, page=address, **values)


def test_the_outline_tells_the_diagram_in_order(owner: Visitor, draft: str) -> None:
    text = words(owner.get(f"{draft}/outline"))

    order = ["Request received", "Register the request", "Give views and evidence", "Plan issued"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "continues at step" in text
    assert "No problems were found." in text
    assert "2 weeks before the due date of" in text


def test_a_step_with_agency_and_form_is_added_published_and_worked(
    owner: Visitor, draft: str, small_county: County
) -> None:
    send(owner, f"{draft}/outline/collate_evidence/add", what="userTask", name=NAME)
    step = f"{draft}/outline/check_with_the_virtual_school_head"
    send(owner, step, lane="ehc_assessment_lane_2", stage="Considering whether to assess")
    send(
        owner,
        f"{step}/form",
        label="What the virtual school head says",
        type="textarea",
        required="true",
    )

    data = owner.get(f"{draft}/file").data
    small_county.system.execute(
        PublishDefinitions({"ehc_assessment.bpmn": data}, "Looked-after children"),
        small_county.person("owner"),
    )
    case_id = small_county.open_case()
    small_county.walk(case_id, until="check_with_the_virtual_school_head")
    (task,) = small_county.open_tasks(case_id)
    answers = {"what_the_virtual_school_head_says": "Known to us."}
    command = CompleteTask(task.id, answers)
    small_county.system.execute(command, small_county.person("setting"))

    assert task.name == NAME
    assert task.role == "education_setting"
    assert [each.element_id for each in small_county.open_tasks(case_id)] == ["decide_to_assess"]


def test_each_thing_that_can_be_added_is(owner: Visitor, draft: str) -> None:
    add = f"{draft}/outline/collate_evidence/add"
    send(owner, add, what="serviceTask", name="Remind", topic="remind")
    send(owner, add, what="timer", name="Two weeks pass", timer_choice="duration", timer_number="2")
    send(owner, add, what="message", name="A reply came", message="reply_came")
    send(owner, add, what="question", name="Known?", answer_on="No", answer_other="Yes")
    send(owner, add, what="parallel", name="One", second_name="Two")
    send(owner, add, what="callActivity", name="Ask again", called="gather_advice")
    send(
        owner,
        f"{draft}/outline/hold_meeting/reminder",
        name="Late",
        to="casework",
        about="Late",
        timer_duty="assessment.final_plan",
        timer_number="1",
    )

    text = words(owner.get(f"{draft}/outline"))
    assert "Wait for a date" in text
    assert "2 weeks after the step opens" in text
    assert "Message: reply_came" in text
    assert "Otherwise (No)" in text
    assert "1 week before the due date of" in text


def test_what_is_missing_is_said_at_the_top_and_what_was_typed_stays(
    owner: Visitor, draft: str
) -> None:
    add = f"{draft}/outline/collate_evidence/add"

    refused = send(owner, add, status=422, what="serviceTask", name="Remind somebody else")

    assert "Select what the system does" in words(refused)
    assert "Remind somebody else" in refused.get_data(as_text=True)
    assert revision(owner, draft) == "1"


def test_whoever_saves_on_a_newer_version_sees_theirs_and_loses_nothing(
    owner: Visitor, draft: str
) -> None:
    address = f"{draft}/outline/collate_evidence"
    mine = values_of(owner.get(address)) | {"name": "Gather the evidence"}
    send(owner, address, name="Sum up the evidence")

    told = owner.post(address, status=409, page=address, **mine)
    again = values_of(told)
    owner.post(address, page=address, **again)

    assert "saved this draft on" in words(told)
    assert "Sum up the evidence" in words(told)
    assert again["name"] == "Gather the evidence"
    assert drawing(owner, draft).nodes["collate_evidence"].get("name") == "Gather the evidence"


def test_what_was_typed_for_a_step_that_is_gone_is_shown(owner: Visitor, draft: str) -> None:
    address = f"{draft}/outline/hold_meeting"
    mine = values_of(owner.get(address)) | {"name": "Hold the meeting online"}
    send(owner, f"{address}/remove")

    told = owner.post(address, status=409, page=f"{draft}/outline/plan_told", **mine)

    assert "This step is no longer there" in words(told)
    assert "Hold the meeting online" in words(told)


def test_a_removal_that_leaves_something_dangling_is_asked_about(
    owner: Visitor, draft: str
) -> None:
    address = f"{draft}/outline/is_assessment_needed/remove"

    page = owner.get(address)
    refused = send(owner, address, status=422)
    send(owner, address, sure="yes")

    assert "Send the notice of refusal" in words(page)
    assert "Nothing would lead to these any more" in words(page)
    assert "Select remove it all the same?" in words(refused)
    assert "is_assessment_needed" not in drawing(owner, draft).nodes
    assert "Not connected to the start" in words(owner.get(f"{draft}/outline"))


def test_questions_of_a_form_are_changed_moved_and_taken_away(owner: Visitor, draft: str) -> None:
    form = f"{draft}/outline/register_request/form"
    send(owner, f"{form}/how_it_came", hint="As the stamp says", options="letter = Letter\nFax")
    for to, field in (("later", "how_it_came"), ("away", "registration_notes")):
        owner.post(f"{form}/{field}/move", page=form, to=to, revision=revision(owner, draft))

    node = drawing(owner, draft).nodes["register_request"]
    fields = [each.get("id") for each in node.iter(f"{{{xml.CAMUNDA}}}formField")]
    assert fields == ["six_months_checked", "how_it_came"]
    values = [each.get("id") for each in node.iter(f"{{{xml.CAMUNDA}}}value")]
    assert values[-2:] == ["letter", "fax"]


def test_ways_are_changed_added_and_taken_away(owner: Visitor, draft: str) -> None:
    way = f"{draft}/ways/is_assessment_needed_to_send_notice_to_assess"
    condition = '${legal_test_applied == "yes"}'
    send(owner, way, when=condition, target="choose_advisers")
    send(owner, f"{draft}/ways/plan_told_to_schedule_review/remove")
    send(owner, f"{draft}/outline/plan_told/go-to", target="plan_issued")

    found = drawing(owner, draft)
    flow = found.flows["is_assessment_needed_to_send_notice_to_assess"]
    assert flow.get("targetRef") == "choose_advisers"
    assert flow.findtext(f"{{{xml.BPMN}}}conditionExpression") == condition
    assert [each.get("targetRef") for each in found.outgoing("plan_told")] == ["plan_issued"]


def test_steps_are_moved(owner: Visitor, draft: str) -> None:
    address = f"{draft}/outline/acknowledge_request"
    owner.post(f"{address}/move", page=address, to="later", revision="1")

    found = drawing(owner, draft)
    assert [each.get("targetRef") for each in found.outgoing("notify_agencies")] == [
        "acknowledge_request"
    ]
    owner.post(f"{address}/move", status=409, page=address, to="later", revision="1")


def test_every_link_of_the_outline_leads_to_a_page(owner: Visitor, draft: str) -> None:
    pages = [f"{draft}/outline"]
    seen: set[str] = set()
    while pages:
        page = pages.pop()
        found = re.findall(
            rf'href="({re.escape(draft)}/(?:outline|ways)[^"#]*)',
            owner.get(page).get_data(as_text=True),
        )
        fresh = {each for each in found if each not in seen}
        seen |= fresh
        pages += [each for each in fresh if "/form/" not in each and len(seen) < 120]

    assert len(seen) > 60


def test_the_outline_is_for_process_owners(owner: Visitor, draft: str, app: Flask) -> None:
    manager = Visitor(app)
    manager.sign_in("manager")

    manager.get(f"{draft}/outline", status=404)
    owner.get(f"{draft}/outline/nothing", status=404)
    owner.get(f"{draft}/ways/nothing", status=404)


def test_what_the_check_finds_stands_beside_its_step(owner: Visitor, draft: str) -> None:
    send(owner, f"{draft}/ways/plan_told_to_schedule_review/remove")

    page = html.fromstring(owner.get(f"{draft}/outline").get_data())

    beside = page.xpath("//li[@id='step-plan_told']/p[contains(@class, 'govuk-error-message')]")
    assert beside
    assert page.xpath("//a[@href='#step-plan_told']")
    assert page.xpath("//a[starts-with(@href, '/help/rules/')]")
