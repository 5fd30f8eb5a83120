"""An exception is recorded as the regulation has it, or nothing changes at all."""

import dataclasses
import datetime as dt

import pytest

from engine import errors
from tests.support.county import County
from workflows.commands.record_exception import RecordException
from workflows.demo import organisation

TODAY = dt.date(2026, 1, 5)
FINAL = "assessment.final_plan"
REFUSED = {
    "shortage of staff": ({"ground": "staff_shortage"}, "has no such exception", "ground"),
    "another regulation's ground": (
        {"ground": "missed_appointment"},
        "The regulation has no such exception for “Send the final plan”",
        "ground",
    ),
    "a duty that allows none": (
        {"duty": "assessment.representations"},
        "Its grounds are: none.",
        "ground",
    ),
    "dates out of order": ({"to_date": dt.date(2026, 1, 4)}, "must end after it begins", "to"),
    "in the future": (
        {"from_date": dt.date(2026, 1, 6), "to_date": dt.date(2026, 3, 1)},
        "must begin today or in the past",
        "from",
    ),
    "no reason": ({"reason": "\t"}, "Say what happened", "reason"),
}


@pytest.mark.parametrize(("given", "message", "field"), REFUSED.values(), ids=REFUSED)
def test_an_exception_that_the_law_does_not_have_is_refused_and_changes_nothing(
    small_county: County, given: dict[str, object], message: str, field: str
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="comment_on_draft")
    lawful = RecordException(
        case_id, FINAL, "exceptional_circumstances", TODAY, dt.date(2026, 2, 1), "A bereavement."
    )
    before = small_county.everything()

    with pytest.raises(errors.Invalid, match=message) as refused:
        small_county.system.execute(
            dataclasses.replace(lawful, **given),  # type: ignore[arg-type]
            small_county.person("casework"),
        )

    assert set(refused.value.errors) == {field}
    assert small_county.everything() == before


def test_an_exception_is_recorded_with_who_decided_and_when_the_family_was_told(
    county: County,
) -> None:
    case_id = county.open_case()
    county.walk(case_id, until="give_advice")
    due = county.deadline(case_id, "assessment.advice", "health").due

    county.system.execute(
        RecordException(
            case_id,
            "assessment.advice",
            "missed_appointment",
            TODAY,
            TODAY,
            "Ada was ill on the day.",
            qualifier="health",
            told_family_on=TODAY,
        ),
        county.person("manager"),
    )

    (row,) = county.everything()["lawful_exceptions"]
    assert (case_id, "assessment.advice", "health", "missed_appointment", TODAY) == row[1:6]
    assert organisation.person_id("manager") in row
    excused = county.deadline(case_id, "assessment.advice", "health")
    assert (excused.excused, excused.ground, excused.due) == (True, "missed_appointment", due)
    assert not county.deadline(case_id, "assessment.advice", "psychology").excused
    assert not county.deadline(case_id, FINAL).excused
    assert county.problems() == []
