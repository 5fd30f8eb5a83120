"""What of a case is sent: by module, from facts and details alone, for the year and no other."""

import dataclasses
import datetime as dt

import pytest

from tests.support.returns import CENSUS, case, facts, texts
from workflows.returns import census, compose, persons
from workflows.returns.model import (
    ACTIVE_PLAN,
    ASSESSMENT,
    NAMED_PLAN,
    NEED,
    PLACEMENT,
    PLAN_DETAIL,
    REQUEST,
    Module,
    dump,
    load,
)

Rows = tuple[tuple[str, str, str, str], ...]
RECEIVED = ("request_received", "2025-02-03", "", "")


def request(material: object, of: census.Census = CENSUS) -> Module:
    record = compose.record(material, of)  # type: ignore[arg-type]
    assert record is not None
    found = record.one(REQUEST)
    assert found is not None
    return found


def test_a_plan_from_request_to_placement() -> None:
    record = compose.record(case(), CENSUS)

    assert texts(record) == {
        "Surname": "Example",
        "Forename": "Ada",
        "PersonBirthDate": "2017-03-04",
        "Sex": "F",
        "Ethnicity": "WBRI",
        "PostCode": "WO1 1AB",
        "UPN": "H801200001001",
    }
    found = request(case())
    assert texts(found) == {
        "ReceivedDate": "2025-02-03",
        "RequestSource": "1",
        "RYA": "0",
        "RequestOutcomeDate": "2025-03-10",
        "RequestOutcome": "Y",
        "RequestMediation": "0",
        "RequestTribunal": "0",
    }
    assessment = found.one(ASSESSMENT)
    assert texts(assessment) == {
        "AssessmentOutcome": "Y",
        "AssessmentOutcomeDate": "2025-06-20",
        "AssessmentMediation": "0",
        "AssessmentTribunal": "0",
        "OtherMediation": "0",
        "OtherTribunal": "0",
        "Week20": "0",
    }
    assert assessment
    plan = assessment.one(NAMED_PLAN)
    assert texts(plan) == {"StartDate": "2025-06-20", "PB": "0", "OA": "0"}
    assert plan
    assert texts(plan.one(PLAN_DETAIL)) == {"URN": "990001", "PlacementRank": "1"}
    active = found.one(ACTIVE_PLAN)
    assert active
    assert texts(active.one(PLACEMENT)) == {
        "URN": "990001",
        "PlacementRank": "1",
        "EntryDate": "2023-09-01",
    }
    assert texts(active.one(NEED)) == {"SENtype": "ASD", "SENtypeRank": "1"}


@pytest.mark.parametrize(
    ("rows", "outcome", "decided"),
    [
        ((RECEIVED,), "A", ""),
        ((RECEIVED, ("request_withdrawn", "2025-02-20", "", "")), "W", "2025-02-20"),
        ((RECEIVED, ("moved_away", "2025-02-20", "", "")), "W", "2025-02-20"),
        (
            (RECEIVED, ("assessment_decision_notified", "2025-03-10", "", "refuse")),
            "N",
            "2025-03-10",
        ),
        (
            (
                RECEIVED,
                ("assessment_decision_notified", "2025-03-10", "", "refuse"),
                ("assessment_agreed_notified", "2025-05-10", "refusal_to_assess", ""),
            ),
            "Y",
            "2025-03-10",
        ),
        ((RECEIVED, ("assessment_decision_notified", "2026-01-05", "", "assess")), "A", ""),
    ],
    ids=["open", "withdrawn", "moved", "refused", "agreed after mediation", "decided since"],
)
def test_the_outcome_of_a_request(
    rows: tuple[tuple[str, str, str, str], ...], outcome: str, decided: str
) -> None:
    found = request(case(only=rows))

    assert found.text("RequestOutcome") == outcome
    assert found.text("RequestOutcomeDate") == decided


@pytest.mark.parametrize(
    ("code", "about", "module", "element"),
    [
        ("mediation_held", "refusal_to_assess", REQUEST, "RequestMediation"),
        ("appeal_registered", "refusal_to_assess", REQUEST, "RequestTribunal"),
        ("mediation_held", "no_plan", ASSESSMENT, "AssessmentMediation"),
        ("appeal_registered", "no_plan", ASSESSMENT, "AssessmentTribunal"),
        ("mediation_held", "plan", ASSESSMENT, "OtherMediation"),
        ("mediation_held", "review_2", ASSESSMENT, "OtherMediation"),
        ("appeal_registered", "health_or_social_care", ASSESSMENT, "OtherTribunal"),
    ],
)
def test_a_dispute_is_told_where_it_belongs(
    code: str, about: str, module: str, element: str
) -> None:
    found = request(case((code, "2025-09-01", about, "")))

    flags = {
        (each[-1].element, name): each[-1].text(name)
        for each in found.walk()
        for name in each[-1].values
        if name.endswith(("Mediation", "Tribunal"))
    }
    assert {key for key, text in flags.items() if text == "1"} == {(module, element)}


def test_what_was_decided_before_the_year_is_historical() -> None:
    found = request(case(), census.of(2027))

    assert found.text("RequestOutcome") == "H"
    assert not found.text("RequestOutcomeDate")
    assert found.one(ASSESSMENT) is None
    assert found.one(ACTIVE_PLAN) is not None


def test_a_plan_that_ceased_in_the_year_is_told_with_its_reason_and_is_not_in_force() -> None:
    material = case(("plan_ceased", "2026-03-01", "", ""), details={"cease_reason": "3"})

    found = request(material, census.of(2027))

    assessment = found.one(ASSESSMENT)
    assert assessment
    plan = assessment.one(NAMED_PLAN)
    assert assessment.text("AssessmentOutcome") == "H"
    assert plan
    assert (plan.text("CeaseDate"), plan.text("CeaseReason")) == ("2026-03-01", "3")
    assert found.one(ACTIVE_PLAN) is None


def test_a_case_without_anything_in_the_year_is_not_sent() -> None:
    ceased = case(("plan_ceased", "2025-09-01", "", ""))
    refused = case(only=(RECEIVED, ("assessment_decision_notified", "2025-03-10", "", "refuse")))
    later = case(only=(("request_received", "2026-01-07", "", ""),))

    assert compose.record(ceased, census.of(2027)) is None
    assert compose.record(refused, census.of(2027)) is None
    assert compose.record(later, CENSUS) is None
    assert compose.record(case(only=()), CENSUS) is None


def test_a_plan_that_came_from_another_authority() -> None:
    material = case(only=(("plan_received", "2025-04-01", "", ""),), details={"transfer_la": "815"})

    found = request(material)

    active = found.one(ACTIVE_PLAN)
    assert found.text("RequestOutcome") == "H"
    assert active
    assert active.text("TransferLA") == "815"


def test_a_plan_that_went_to_another_authority_ceased_for_that_reason() -> None:
    found = request(case(("plan_transferred", "2025-10-01", "", "")))

    assessment = found.one(ASSESSMENT)
    assert assessment
    plan = assessment.one(NAMED_PLAN)
    assert plan
    assert (plan.text("CeaseDate"), plan.text("CeaseReason")) == ("2025-10-01", "5")


@pytest.mark.parametrize(
    ("rows", "sent"),
    [
        ([("budget_decision_notified", "refuse")], ("0", "0", "")),
        ([("budget_decision_notified", "agree")], ("1", "1", "")),
        ([("budget_decision_notified", "agree"), ("direct_payments_started", "")], ("1", "0", "E")),
        (
            [
                ("budget_decision_notified", "agree"),
                ("direct_payments_started", ""),
                ("health_payments_started", ""),
            ],
            ("1", "0", "I"),
        ),
    ],
    ids=["refused", "arranged", "education", "integrated"],
)
def test_a_personal_budget(rows: list[tuple[str, str]], sent: tuple[str, str, str]) -> None:
    more = [(code, "2025-09-01", "", outcome) for code, outcome in rows]

    assessment = request(case(*more)).one(ASSESSMENT)

    assert assessment
    plan = assessment.one(NAMED_PLAN)
    assert plan
    assert (plan.text("PB"), plan.text("OA"), plan.text("DP")) == sent


def test_the_latest_review_with_its_draft() -> None:
    review = (
        ("review_started", "2025-10-01", "1", "phase"),
        ("review_meeting_held", "2025-11-03", "1", ""),
        ("review_decision_notified", "2025-11-24", "1", "amend"),
        ("amendment_notice_sent", "2025-11-24", "1", ""),
        ("amended_plan_sent", "2026-01-12", "1", ""),
    )
    material = case(*review, phase_dues={"1": dt.date(2026, 2, 14)})

    active = request(material).one(ACTIVE_PLAN)

    assert active
    assert texts(active) == {
        "ReviewMeeting": "2025-11-03",
        "ReviewOutcome": "A",
        "ReviewDraft": "2025-11-24",
        "LastReview": "2025-11-24",
        "PhaseTransferDueDate": "2026-02-14",
        "PhaseTransferFinalDate": "2026-01-12",
    }


def test_an_exception_on_record_is_told() -> None:
    assessment = request(case(excepted=("assessment.final_plan",))).one(ASSESSMENT)
    other = request(case(excepted=("assessment.decision",))).one(ASSESSMENT)

    assert assessment
    assert other
    assert (assessment.text("Week20"), other.text("Week20")) == ("1", "0")


def test_an_address_that_is_withheld_is_not_sent_from_anywhere() -> None:
    material = case(withheld=True, addresses=("1 Beck Lane, WO1 1AB",))

    record = compose.record(material, CENSUS)

    assert record
    assert record.values["PostCode"].text == ""
    assert "WO1" not in str(dump(record))


def test_the_postcode_comes_from_the_address_where_none_is_entered() -> None:
    record = compose.record(
        case(details={"postcode": ""}, addresses=("1 Beck Lane, wo2 3cd",)), CENSUS
    )

    assert record
    assert record.text("PostCode") == "WO2 3CD"


def test_a_second_placement_and_need_are_sent_where_there_are_some() -> None:
    details = {"second_kind": "EHE", "second_entry": "2025-09-01", "sen_type_secondary": "SLCN"}

    active = request(case(details=details)).one(ACTIVE_PLAN)

    assert active
    assert [each.text("PlacementRank") for each in active.of(PLACEMENT)] == ["1", "2"]
    assert [each.text("SENtype") for each in active.of(NEED)] == ["ASD", "SLCN"]


def test_the_setting_of_the_case_stands_for_a_placement_that_is_not_entered() -> None:
    material = case(details={"placement_urn": ""}, setting={"urn": "123456", "ukprn": "10000001"})

    active = request(material).one(ACTIVE_PLAN)

    assert active
    placement = active.one(PLACEMENT)
    assert placement
    assert (placement.text("URN"), placement.text("UKPRN")) == ("123456", "")


def test_a_record_is_kept_and_read_again_as_it_was() -> None:
    record = compose.record(case(), CENSUS)

    assert record
    assert load(dump(record)) == record


def test_two_cases_of_a_child_are_one_person_and_the_newest_says_who() -> None:
    older = compose.record(case(details={"child_sex": "M"}), CENSUS)
    newer = compose.record(
        dataclasses.replace(
            case(details={"ethnicity": ""}),
            facts=facts(("request_received", "2025-11-03", "", "")),
        ),
        CENSUS,
    )
    assert older
    assert newer

    [person] = persons.together([("key", newer), ("key", older)])

    assert texts(person)["Sex"] == "F"
    assert texts(person)["Ethnicity"] == "WBRI"
    assert [each.text("ReceivedDate") for each in person.of(REQUEST)] == [
        "2025-11-03",
        "2025-02-03",
    ]


def test_an_address_withheld_on_one_case_is_withheld_for_the_person() -> None:
    told = compose.record(case(), CENSUS)
    hidden = compose.record(case(withheld=True), CENSUS)
    assert told
    assert hidden

    [person] = persons.together([("key", told), ("key", hidden)])

    assert person.text("PostCode") == ""
