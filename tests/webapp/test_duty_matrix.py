"""The duties matrix sets each duty against the elements of the diagrams, and says where one lacks."""

import re

from flask import Flask

from tests.support import lawful
from tests.support.pages import Visitor


def text(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())  # type: ignore[attr-defined]


def test_every_live_process_is_there_without_a_gap(owner: Visitor) -> None:
    assert 'href="/diagrams/duties"' in text(owner.get("/diagrams"))
    assert 'href="/diagrams/duties"' in text(owner.get("/duties"))

    shown = text(owner.get("/diagrams/duties"))

    for process in ("ehc_assessment", "annual_review", "mediation", "statement_transfer"):
        assert f'id="process-{process}"' in shown
    assert "No gaps in 7 duties." in shown
    assert "govuk-tag--red" not in shown


def test_a_duty_leads_to_its_elements_and_to_its_law(owner: Visitor) -> None:
    shown = text(owner.get("/diagrams/ehc_assessment/1/duties"))

    for element in (
        "ehc_assessment/1?element=request_received",
        "ehc_assessment/1?element=decision_near_reached",
        "ehc_assessment/1?element=decision_limit_reached",
        "ehc_assessment/1?element=send_refusal",
        "gather_advice/1?element=ask_for_advice",
        "draft_and_issue_plan/1?element=issue_final_plan",
    ):
        assert f'href="/diagrams/{element}"' in shown
    [anchor] = set(re.findall(r'href="/duties#(duty-assessment\.decision-[\d-]+)"', shown))
    assert f'id="{anchor}"' in text(owner.get("/duties"))
    assert "SEND Regulations 2014, regulation 5(1)" in shown


def test_a_called_process_shows_the_duties_of_those_that_call_it(owner: Visitor) -> None:
    shown = text(owner.get("/diagrams/gather_advice/1/duties"))

    assert 'id="process-ehc_assessment"' in shown
    assert 'id="process-ordered_assessment"' in shown


def test_a_gap_of_a_draft_is_told_in_words(owner: Visitor) -> None:
    answer = owner.post(
        "/drafts", page="/diagrams/ehc_assessment/1", key="ehc_assessment", version="1"
    )
    address = answer.headers["Location"]
    broken = lawful.diagram("ehc_assessment", lambda root: lawful.remove(root, "decision_near"))
    saved = owner.client.put(
        f"{address}/file",
        json={"xml": lawful.text(broken), "revision": 1},
        headers={"X-CSRFToken": owner.token("/account"), "Accept": "application/json"},
    )
    assert saved.status_code == 200

    shown = text(owner.get(f"{address}/duties"))

    assert "1 gap in 7 duties." in shown
    assert "Nothing reminds of it." in shown
    assert f'href="{address}?element=request_received"' in shown


def test_it_is_for_owners_and_managers(app: Flask) -> None:
    casework, manager = Visitor(app), Visitor(app)
    casework.sign_in("casework")
    manager.sign_in("manager")

    casework.get("/diagrams/duties", status=404)
    manager.get("/diagrams/duties")
    manager.get("/diagrams/no_such_process/1/duties", status=404)
    manager.get("/diagrams/routing/1/duties", status=404)
