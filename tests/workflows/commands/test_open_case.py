"""A case opens with a request that can be, or nothing is left of it."""

import datetime as dt
from typing import Any

import pytest

from engine import errors
from tests.support.county import County

TOMORROW = "2026-01-06"
REFUSED = {
    "received in the future": ({"received_on": TOMORROW}, "received_on"),
    "no date": ({"received_on": ""}, "received_on"),
    "no date at all": ({"received_on": "5 January"}, "received_on"),
    "born in the future": ({"child_date_of_birth": TOMORROW}, "child_date_of_birth"),
    "no name": ({"child_last_name": "  "}, "child_last_name"),
    "unknown setting": ({"setting": "hogwarts"}, "setting"),
    "an agency that is no setting": ({"setting": "health"}, "setting"),
    "unknown area": ({"area": "west"}, "area"),
    "unknown source": ({"request_source": "99"}, "request_source"),
}


@pytest.mark.parametrize(("values", "field"), REFUSED.values(), ids=REFUSED)
def test_a_request_that_cannot_be_is_refused_and_changes_nothing(
    small_county: County, values: dict[str, Any], field: str
) -> None:
    before = small_county.everything()

    with pytest.raises(errors.Invalid) as refused:
        small_county.open_case(**values)

    assert set(refused.value.errors) == {field}
    assert small_county.everything() == before


def test_the_date_received_starts_the_clock_not_the_day_of_entry(county: County) -> None:
    case_id = county.open_case(received_on="2025-12-22")

    assert county.deadline(case_id, "assessment.decision").due == dt.date(2026, 2, 2)
    assert county.deadline(case_id, "assessment.final_plan").due == dt.date(2026, 5, 11)


def test_references_are_counted_by_the_year_without_gaps(county: County) -> None:
    first = county.case(county.open_case()).reference
    with pytest.raises(errors.Invalid):
        county.open_case(received_on=TOMORROW)
    second = county.case(county.open_case(child_first_name="Ben")).reference
    county.system.clock.move_to(dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC))
    next_year = county.case(county.open_case(child_first_name="Cleo")).reference

    assert [first, second, next_year] == ["EHC-2026-00001", "EHC-2026-00002", "EHC-2027-00001"]
