"""What is late is explained: on the task, on the case, and in the register."""

import datetime as dt
from uuid import UUID

import pytest

from engine import errors
from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from workflows.commands.explain_delay import ExplainDelay, NotLate

DECISION = {
    "decision_to_assess": "assess",
    "decision_reasons": "Needs are plain.",
    "legal_test_applied": "yes",
    "panel_members": "M Doyle",
    "recipients_checked": "yes",
}


@pytest.fixture
def late_case(small_county: County) -> UUID:
    """A case whose decision is nine days late."""
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(days=51))
    return case_id


def test_a_late_step_is_completed_with_a_reason(
    small_county: County, visitor: Visitor, late_case: UUID
) -> None:
    (task,) = small_county.open_tasks(late_case)
    visitor.sign_in("panel")
    address = f"/tasks/{task.id}/complete"

    page = text(visitor.get(f"/tasks/{task.id}"))
    refused = text(visitor.post(address, status=422, page="/account", **DECISION))
    reason = {"delay_reason": "other", "delay_detail": ""}
    unnamed = text(visitor.post(address, status=422, page="/account", **DECISION, **reason))
    reason = {"delay_reason": "panel_availability", "delay_detail": "Half term."}
    visitor.post(address, page="/account", **DECISION, **reason)

    assert "Why this is late" in page
    assert "Select a reason" in refused
    assert "Enter the reason" in unnamed
    assert "Needs are plain." in refused, "what was typed is not lost"
    register = text(visitor.get("/registers"))
    assert "The panel could not meet in time: Half term." in register
    assert "Reason for a delay" in text(visitor.get(f"/cases/{late_case}"))


def test_a_reason_is_given_on_the_case_and_only_for_what_is_late(
    small_county: County, visitor: Visitor, late_case: UUID
) -> None:
    visitor.sign_in("casework")
    address = f"/cases/{late_case}/explain-delay"
    given = {"duty": "assessment.decision|", "reason": "authority_error"}
    visitor.post(address, page=address, **given)
    before = small_county.everything()

    panel = small_county.person("panel")
    in_time = ExplainDelay(late_case, "assessment.final_plan", "other", "x")
    unknown = ExplainDelay(late_case, "assessment.decision", "full moon")
    with pytest.raises(NotLate):
        small_county.system.execute(in_time, panel)
    with pytest.raises(errors.Invalid):
        small_county.system.execute(unknown, panel)

    assert small_county.everything() == before
    assert "An error or missing data at the authority" in text(visitor.get("/registers"))


def test_nobody_is_asked_why_what_is_in_time_is_late(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    visitor.sign_in("panel")
    (task,) = small_county.open_tasks(case_id)

    assert "Why this is late" not in text(visitor.get(f"/tasks/{task.id}"))
    assert "No reason has been given yet" in text(visitor.get("/registers"))
