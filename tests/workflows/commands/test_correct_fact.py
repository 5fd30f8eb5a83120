"""A date is corrected with a reason, or nothing changes at all."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from engine import errors
from tests.support.county import County
from workflows.commands.correct_fact import CorrectFact
from workflows.demo import organisation
from workflows.store.tables import case_facts

RECEIVED, TODAY = "request_received", dt.date(2026, 1, 5)
ADVICE = "advice_requested"


def ledger(county: County, case_id: UUID, code: str) -> list[sa.Row[tuple[object, ...]]]:
    statement = (
        sa.select(*case_facts.c)
        .where(case_facts.c.case_id == case_id, case_facts.c.code == code)
        .order_by(case_facts.c.recorded_at, case_facts.c.current, case_facts.c.id)
    )
    with county.system.read() as connection:
        return list(connection.execute(statement))


REFUSED = {
    "no reason": ((RECEIVED, TODAY, "  "), "Give a reason.", "reason"),
    "in the future": (
        (RECEIVED, TODAY + dt.timedelta(days=1), "Stamp"),
        "“Request received” must be today or in the past.",
        "date",
    ),
    "after what follows": (
        (RECEIVED, TODAY + dt.timedelta(days=3), "Stamp"),
        (
            "“Request received” (8 January 2026) cannot lie after “Family told of the decision whether "
            "to assess” (5 January 2026)."
        ),
        "date",
    ),
    "before what it follows": (
        ("assessment_decision_notified", TODAY - dt.timedelta(days=1), "Stamp"),
        (
            "“Family told of the decision whether to assess” (4 January 2026) cannot lie before "
            "“Request received” (5 January 2026)."
        ),
        "date",
    ),
    "nothing to follow": (
        ("final_plan_sent", TODAY, "Stamp"),
        "“Final plan sent” cannot be recorded before “Draft plan served”.",
        "date",
    ),
    "unknown": (("plan_lost", TODAY, "Stamp"), "There is no fact “plan_lost”.", ""),
    "whose": ((ADVICE, TODAY, "Stamp"), "“Advice requested” must say which adviser", ""),
    "nobody's": (
        (RECEIVED, TODAY, "Stamp", "health"),
        "“Request received” must say which nothing else",
        "",
    ),
}


@pytest.mark.parametrize(("given", "message", "field"), REFUSED.values(), ids=REFUSED)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    small_county: County, given: tuple[str, dt.date, str], message: str, field: str
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    if "after" in message:
        small_county.pass_days(5)
    before = small_county.everything()

    with pytest.raises(errors.Invalid) as refused:
        small_county.system.execute(CorrectFact(case_id, *given), small_county.person("casework"))

    assert refused.value.message.startswith(message)
    assert set(refused.value.errors) == ({field} if field else set())
    assert small_county.everything() == before


def test_a_case_that_does_not_exist_has_nothing_to_correct(county: County) -> None:
    before = county.everything()

    with pytest.raises(errors.NotFound):
        county.system.execute(
            CorrectFact(uuid4(), RECEIVED, TODAY, "Stamp"), county.person("casework")
        )

    assert county.everything() == before


def test_the_entry_that_was_corrected_stays_with_who_and_why(county: County) -> None:
    case_id = county.open_case()
    earlier = TODAY - dt.timedelta(days=4)

    county.system.execute(
        CorrectFact(case_id, RECEIVED, earlier, "Stamped on New Year’s Day."),
        county.person("casework2"),
    )

    old, new = ledger(county, case_id, RECEIVED)
    assert (old.on, old.current) == (TODAY, False)
    assert (new.on, new.current, new.replaces) == (earlier, True, old.id)
    assert (new.recorded_by, new.reason) == (
        organisation.person_id("casework2"),
        "Stamped on New Year’s Day.",
    )
    assert county.deadline(case_id, "assessment.final_plan").due == dt.date(2026, 5, 21)
    assert county.problems() == []


def test_a_correction_of_the_date_keeps_the_outcome(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.pass_days(3)
    county.walk(case_id, until="give_advice")
    told = dt.date(2026, 1, 7)

    county.system.execute(
        CorrectFact(case_id, "assessment_decision_notified", told, "Told by telephone."),
        county.person("casework"),
    )

    assert ledger(county, case_id, "assessment_decision_notified")[-1].outcome == "assess"
    assert county.deadline(case_id, "assessment.decision").met == told
    assert county.deadline(case_id, "assessment.no_plan_notice") is not None


def test_one_advisers_date_is_corrected_and_no_others(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.pass_days(2)
    county.walk(case_id, until="give_advice")
    on = TODAY + dt.timedelta(days=1)

    county.system.execute(
        CorrectFact(case_id, ADVICE, on, "The post was a day quicker.", "health"),
        county.person("casework"),
    )

    six_weeks = dt.timedelta(weeks=6)
    assert county.deadline(case_id, "assessment.advice", "health").due == on + six_weeks
    others = TODAY + dt.timedelta(days=2) + six_weeks
    assert county.deadline(case_id, "assessment.advice", "psychology").due == others
    assert county.problems() == []


def test_a_date_of_a_case_that_has_ended_can_still_be_put_right(small_county: County) -> None:
    county = small_county
    case_id = county.open_case()
    county.walk(
        case_id, decide_to_assess={"decision_to_assess": "refuse", "legal_test_applied": "no"}
    )

    county.system.execute(
        CorrectFact(case_id, RECEIVED, dt.date(2025, 11, 3), "Found in the post room."),
        county.person("manager"),
    )

    assert county.deadline(case_id, "assessment.decision").state == "met_late"
    assert county.case(case_id).status == "closed"
    assert county.problems() == []
