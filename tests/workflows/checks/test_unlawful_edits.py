"""Edits of the real diagrams that would break the law are refused, at an element, with a reason."""

import pytest
from lxml import etree

from tests.support import lawful
from tests.support.lawful import BPMN


def test_our_own_diagrams_are_lawful() -> None:
    problems = {
        key: [
            problem
            for rule in lawful.rules()
            for problem in lawful.found(rule, lawful.diagram(key))
        ]
        for key in lawful.live()
    }

    assert not {key: found for key, found in problems.items() if found}


def test_the_reminder_of_the_decision_cannot_be_taken_away() -> None:
    def edit(root: etree._Element) -> None:
        lawful.remove(root, "decision_near")

    broken = lawful.diagram("ehc_assessment", edit)

    [problem] = lawful.found("limit_has_reminder", broken)
    assert problem.element == "register_request"
    assert "assessment.decision" in problem.message
    assert not lawful.found("limit_has_escalation", broken)


def test_the_escalation_of_the_decision_cannot_be_taken_away() -> None:
    def edit(root: etree._Element) -> None:
        lawful.remove(root, "decision_limit")

    [problem] = lawful.found("limit_has_escalation", lawful.diagram("ehc_assessment", edit))

    assert problem.element == "register_request"
    assert problem.line
    assert "once it has passed" in problem.message


def test_a_reminder_that_reminds_nobody_does_not_count() -> None:
    def edit(root: etree._Element) -> None:
        lawful.element(root, "decision_near_remind").set(f"{lawful.CAMUNDA}topic", "issue_notice")

    [problem] = lawful.found("limit_has_reminder", lawful.diagram("ehc_assessment", edit))

    assert "assessment.decision" in problem.message


def test_a_flow_drawn_around_the_notice_of_refusal_is_refused_with_the_way() -> None:
    def edit(root: etree._Element) -> None:
        lawful.lead(root, "is_assessment_needed_to_send_refusal", "assessment_refused")

    broken = lawful.diagram("ehc_assessment", edit)

    [skipped] = lawful.found("notice_not_skipped", broken)
    assert skipped.element == "assessment_refused"
    assert skipped.path[0] == "request_received"
    assert skipped.path[-2:] == ("is_assessment_needed_to_send_refusal", "assessment_refused")
    [owed] = lawful.found("duty_met", broken)
    assert owed.element == "assessment_refused"
    assert "assessment.decision" in owed.message


def test_a_second_flow_around_the_notice_is_refused_too() -> None:
    def edit(root: etree._Element) -> None:
        process = root.find(f"{BPMN}process")
        flow = etree.SubElement(process, f"{BPMN}sequenceFlow")
        flow.attrib.update(
            {"id": "around", "sourceRef": "is_plan_needed", "targetRef": "no_plan_told"}
        )
        condition = etree.SubElement(flow, f"{BPMN}conditionExpression")
        condition.text = '${plan_necessary == "later"}'

    broken = lawful.diagram("ehc_assessment", edit)

    [problem] = lawful.found("notice_not_skipped", broken)
    assert problem.element == "no_plan_issued"
    assert "around" in problem.path
    assert {each.element for each in lawful.found("duty_met", broken)} == {"no_plan_issued"}


def test_the_step_that_sends_the_final_plan_cannot_be_taken_away() -> None:
    def edit(root: etree._Element) -> None:
        lawful.remove(root, "issue_final_plan_to_final_plan_issued")
        lawful.lead(root, "finalise_plan_to_issue_final_plan", "final_plan_issued")
        lawful.remove(root, "issue_final_plan")

    problems = lawful.found("duty_met", lawful.diagram("draft_and_issue_plan", edit))

    told = " ".join(problem.message for problem in problems)
    assert "assessment.final_plan" in told
    assert "transfer.final_plan" in told
    assert "order.plan" in told
    assert all(problem.element and problem.line for problem in problems)


def test_a_fact_that_is_no_longer_recorded_is_missed_in_what_calls_the_process() -> None:
    def edit(root: etree._Element) -> None:
        lawful.drop_property(root, "give_advice", "records")

    problems = lawful.found("duty_met", lawful.diagram("gather_advice", edit))

    assert any("assessment.advice" in problem.message for problem in problems)


@pytest.mark.parametrize("period", ["P6W", "P42D"])
def test_a_period_of_the_law_cannot_stand_in_place_of_the_rulebook(period: str) -> None:
    def edit(root: etree._Element) -> None:
        timer = lawful.element(root, "decision_limit_reached_timer")
        [date] = timer
        date.tag, date.text = f"{BPMN}timeDuration", period

    broken = lawful.diagram("ehc_assessment", edit)

    problems = lawful.found("no_statutory_period", broken)
    assert {each.element for each in problems} == {"decision_limit_reached"}
    assert "due('assessment.decision')" in problems[0].mend
    assert lawful.found("limit_has_escalation", broken)


def test_a_period_of_the_law_counted_from_a_day_of_the_case_is_refused() -> None:
    def edit(root: etree._Element) -> None:
        task = lawful.element(root, "collate_evidence")
        task.set(f"{lawful.CAMUNDA}dueDate", "${after(received_on, 'P6W')}")

    [problem] = lawful.found("no_statutory_period", lawful.diagram("ehc_assessment", edit))

    assert problem.element == "collate_evidence"


def test_a_decision_without_its_notice_is_refused() -> None:
    def edit(root: etree._Element) -> None:
        lawful.drop_property(root, "send_no_plan_notice", "notice")

    problems = lawful.found("notice_not_skipped", lawful.diagram("ehc_assessment", edit))

    assert [each.element for each in problems] == ["send_no_plan_notice", "no_plan_issued"]
    assert "its property “notice” is missing" in problems[0].message


def test_a_notice_without_the_right_of_appeal_is_refused() -> None:
    def edit(root: etree._Element) -> None:
        for each in lawful.element(root, "send_cease_notice").iter(f"{lawful.CAMUNDA}property"):
            if each.get("name") == "notice":
                each.set("value", "acknowledgement")

    problems = lawful.found("notice_not_skipped", lawful.diagram("annual_review", edit))

    assert [each.element for each in problems] == ["send_cease_notice", "plan_ceased"]


def test_a_withdrawal_that_does_not_take_the_duties_away_is_refused() -> None:
    def edit(root: etree._Element) -> None:
        lawful.drop_property(root, "withdraw_told", "records")

    problems = lawful.found("duty_met", lawful.diagram("ehc_assessment", edit))

    assert [each.element for each in problems] == ["withdraw_end"]


def test_a_start_that_opens_no_duty_is_refused() -> None:
    def edit(root: etree._Element) -> None:
        lawful.drop_property(root, "request_received", "records")

    problems = lawful.found("duty_opened", lawful.diagram("ehc_assessment", edit))

    assert {each.element for each in problems} == {"ehc_assessment"}
    told = " ".join(each.message for each in problems)
    assert "assessment.decision" in told
    assert "assessment.final_plan" in told


def test_the_time_to_comment_cannot_be_cut_short() -> None:
    def edit(root: etree._Element) -> None:
        timer = lawful.element(root, "comment_period_over")
        for date in timer.iter(f"{BPMN}timeDate"):
            date.text = "${before(due('assessment.representations'), 'P3D')}"

    [problem] = lawful.found("right_not_cut_short", lawful.diagram("draft_and_issue_plan", edit))

    assert problem.element == "comment_period_over"
    assert "regulation 13(1)(a)" in problem.message


def test_an_order_that_is_not_carried_out_is_seen_from_the_process_that_was_called() -> None:
    def edit(root: etree._Element) -> None:
        lawful.lead(root, "what_must_be_done_to_amend_as_ordered", "done_what_was_ordered")

    problems = lawful.found("duty_met", lawful.diagram("comply", edit))

    told = " ".join(each.message for each in problems)
    for duty in ("order.amend", "unopposed.amend", "agreement.amend"):
        assert duty in told
