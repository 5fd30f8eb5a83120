"""The duties page shows the whole rulebook, and where the diagrams keep it."""

from tests.support.pages import Visitor, source_of as text
from workflows.rulebook import load


def test_every_duty_stands_on_the_page_with_its_source_and_its_marks(visitor: Visitor) -> None:
    visitor.sign_in("casework")

    shown = text(visitor.get("/duties"))

    for duty in load.current().duties:
        assert f"Code: {duty.code}" in shown
        assert duty.url in shown
    unverified = sum(not duty.verified for duty in load.current().duties)
    assert shown.count(">From memory<") == unverified
    assert "6 weeks from “Request received”" in shown
    assert "14 weeks beginning with “Transfer review begun”" in shown
    assert "by 14 February of the year of" in shown
    assert "at least 2 weeks before “Day of the review meeting”" in shown


def test_it_leads_to_the_steps_that_open_and_meet_a_duty(visitor: Visitor) -> None:
    visitor.sign_in("owner")

    shown = text(visitor.get("/duties"))

    for step in (
        "ehc_assessment/1?element=send_notice_to_assess",
        "gather_advice/1?element=give_advice",
        "mediation/1?element=issue_certificate_after",
        "annual_review/1?element=send_review_report",
        "statement_transfer/1?element=give_transfer_notice",
        "personal_budget/1?element=sign_agreement",
    ):
        assert f"/diagrams/{step}" in shown
