"""Whole journeys through the diagrams, each on SQLite and on PostgreSQL."""

import datetime as dt
from uuid import UUID

import pytest

from engine import errors
from tests.support.county import County
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.record_exception import RecordException
from workflows.duties.deadlines import Status, status


def notices(county: County, case_id: UUID) -> list[str]:
    return [each["kind"] for each in county.happened(case_id, "NoticeIssued")]


def test_a_request_becomes_a_plan(county: County) -> None:
    case_id = county.open_case()

    county.walk(case_id)

    case = county.case(case_id)
    assert (case.status, case.outcome) == ("closed", "issued")
    assert county.deadline(case_id, "assessment.final_plan").state == "met"
    assert county.deadline(case_id, "plan.first_review").due == dt.date(2027, 1, 5)
    sent = notices(county, case_id)
    assert sent[0] == "acknowledgement"
    assert sent.count("advice_request") == 5
    assert "draft_plan" in sent
    assert sent.count("final_plan") == 3
    assert county.problems() == []


def test_a_refusal_ends_the_case_and_tells_the_family_of_its_rights(county: County) -> None:
    case_id = county.open_case()

    county.walk(
        case_id,
        decide_to_assess={"decision_to_assess": "refuse", "legal_test_applied": "no"},
    )

    assert county.case(case_id).outcome == "refused"
    assert "refuse_to_assess" in notices(county, case_id)
    assert county.deadline(case_id, "assessment.final_plan").state == "void"
    assert county.problems() == []


def test_no_plan_is_told_in_time(county: County) -> None:
    case_id = county.open_case()

    county.walk(case_id, decide_on_plan={"plan_necessary": "no"})

    assert county.case(case_id).outcome == "no_plan"
    assert county.deadline(case_id, "assessment.no_plan_notice").state == "met"


@pytest.mark.parametrize("stage", ["register_request", "give_advice", "finalise_plan"])
@pytest.mark.parametrize("ending", list(Ending))
def test_a_case_can_end_early_at_any_time(small_county: County, stage: str, ending: Ending) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(case_id, until=stage)
    today = county.system.clock.now().date()

    county.system.execute(EndCase(case_id, ending, today, "They rang."), county.person("casework"))

    case = county.case(case_id)
    assert case.status == "closed"
    assert case.outcome == {"request_withdrawn": "withdrawn", "moved_away": "moved_away"}[ending]
    assert county.open_tasks(case_id) == []
    assert county.problems() == []


def test_a_case_that_has_ended_cannot_be_withdrawn(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id)
    command = EndCase(case_id, Ending.WITHDRAWN, dt.date(2026, 1, 5), "Too late.")

    with pytest.raises(errors.Conflict, match="waits"):
        small_county.system.execute(command, small_county.person("casework"))


def test_late_advice_is_chased_escalated_and_told_late(county: County) -> None:
    case_id = county.open_case()
    county.walk(case_id, until="give_advice")

    county.pass_days(60)

    sent = county.happened(case_id, "ReminderSent")
    psychology = [each["how"] for each in sent if each.get("qualifier") == "psychology"]
    assert psychology[:3] == ["chase", "chase", "escalate"]
    assert psychology.count("chase") >= 3
    county.walk(case_id)
    assert county.deadline(case_id, "assessment.advice", "psychology").state == "met_late"
    assert county.problems() == []


def test_an_exception_excuses_and_sets_no_new_date(county: County) -> None:
    case_id = county.open_case()
    county.walk(case_id, until="draft_plan")
    county.pass_days(150)
    due = county.deadline(case_id, "assessment.final_plan").due
    command = RecordException(
        case_id,
        "assessment.final_plan",
        "absent_from_area",
        dt.date(2026, 3, 1),
        dt.date(2026, 4, 10),
        "The family was abroad; the tickets are on the case.",
        told_family_on=dt.date(2026, 4, 12),
    )

    county.system.execute(command, county.person("casework"))

    row = county.deadline(case_id, "assessment.final_plan")
    today = county.system.clock.now().date()
    assert row.due == due
    assert status(row.state, due=row.due, excused=row.excused, today=today) == Status.EXCUSED


def test_a_shortage_of_staff_is_no_exception(small_county: County) -> None:
    case_id = small_county.open_case()
    command = RecordException(
        case_id,
        "assessment.final_plan",
        "staff_shortage",
        dt.date(2026, 1, 5),
        dt.date(2026, 1, 5),
        "No psychologist.",
    )

    with pytest.raises(errors.Invalid, match="shortage of staff"):
        small_county.system.execute(command, small_county.person("casework"))


def test_advice_that_is_returned_is_asked_for_again(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(case_id, until="check_advice")

    county.complete(
        case_id, "check_advice", advice_accepted="no", advice_return_reasons="Not quantified."
    )

    asked = [each for each in county.open_tasks(case_id) if each.element_id == "give_advice"]
    assert len(asked) == 5
    county.walk(case_id)
    assert county.case(case_id).outcome == "issued"


def test_advice_that_exists_and_suffices_is_not_sought(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(case_id, until="choose_advisers")
    agreed = {"agreed_by_author": "yes", "agreed_by_authority": "yes", "agreed_by_family": "yes"}

    with pytest.raises(errors.Invalid) as refused:
        county.complete(case_id, "choose_advisers", existing_advice=["health"])
    county.complete(case_id, "choose_advisers", existing_advice=["health"], **agreed)

    assert set(refused.value.errors) == set(agreed)
    labels = {each.label for each in county.open_tasks(case_id)}
    assert "Health" not in labels
    assert "Educational psychology" in labels


def test_the_period_for_comments_ends_without_an_answer(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(case_id, until="comment_on_draft")
    assert county.deadline(case_id, "assessment.representations").due == dt.date(2026, 1, 19)

    county.pass_days(14)
    still_asked = any(e.element_id == "comment_on_draft" for e in county.open_tasks(case_id))
    county.pass_days(2)

    assert still_asked
    assert not any(e.element_id == "comment_on_draft" for e in county.open_tasks(case_id))
    county.walk(case_id, choose_settings={"settings_to_consult": []})
    assert county.case(case_id).outcome == "issued"


def test_settings_are_consulted_side_by_side(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(
        case_id,
        until="respond_to_consultation",
        choose_settings={"settings_to_consult": ["beck-lane", "wold-academy"]},
    )

    asked = [e for e in county.open_tasks(case_id) if e.element_id == "respond_to_consultation"]

    assert [each.team_id for each in asked] == ["beck-lane", "wold-academy"]


def test_a_corrected_date_moves_deadlines_and_timers(county: County) -> None:
    case_id = county.open_case()
    before = county.deadline(case_id, "assessment.decision").due
    command = CorrectFact(
        case_id, "request_received", dt.date(2025, 12, 29), "The letter was stamped a week before."
    )

    county.system.execute(command, county.person("casework"))

    assert county.deadline(case_id, "assessment.decision").due == before - dt.timedelta(days=7)
    moved = county.happened(case_id, "TimerRescheduled")
    assert len(moved) >= 4
    assert county.problems() == []


def test_facts_out_of_order_are_refused(small_county: County) -> None:
    case_id = small_county.open_case()
    command = CorrectFact(case_id, "final_plan_sent", dt.date(2026, 1, 5), "Mistake.")

    with pytest.raises(errors.Invalid, match="cannot be recorded before"):
        small_county.system.execute(command, small_county.person("casework"))


def test_every_limit_is_reminded_of_and_escalated(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()

    county.pass_days(150)

    told = {(each["how"], each["about"]) for each in county.happened(case_id, "ReminderSent")}
    for what in ("Decision whether to assess", "Final plan"):
        assert ("remind", f"{what} is due soon") in told
        assert ("escalate", f"{what} is late") in told


def test_a_notice_that_lacks_something_is_an_incident_and_keeps_the_work(
    small_county: County,
) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(case_id, until="decide_to_assess")
    with county.system.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE installation SET authority = '{}'")

    county.complete(case_id, "decide_to_assess", decision_to_assess="refuse")

    raised = county.happened(case_id, "IncidentRaised")
    assert "mediation adviser" in raised[0]["message"]
    assert county.case(case_id).status == "open"
    assert len(county.happened(case_id, "TaskCompleted")) == 5
