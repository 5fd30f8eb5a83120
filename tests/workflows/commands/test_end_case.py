"""A case ends early with a date and a reason, or nothing changes at all."""

import datetime as dt
from uuid import uuid4

import pytest

from engine import errors
from tests.support.county import County
from workflows.commands.end_case import EndCase, Ending

TODAY = dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    ("on", "reason", "message"),
    [
        (TODAY, " ", "Give a reason."),
        (TODAY + dt.timedelta(days=1), "They rang.", "lies in the future"),
        (TODAY - dt.timedelta(days=1), "They rang.", "cannot lie before “Request received”"),
    ],
    ids=["no reason", "in the future", "before it began"],
)
@pytest.mark.parametrize("ending", list(Ending))
def test_an_end_that_cannot_be_is_refused_and_changes_nothing(
    small_county: County, ending: Ending, on: dt.date, reason: str, message: str
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    before = small_county.everything()

    with pytest.raises(errors.Invalid, match=message):
        small_county.system.execute(
            EndCase(case_id, ending, on, reason), small_county.person("casework")
        )

    assert small_county.everything() == before


def test_a_case_that_does_not_exist_cannot_end(small_county: County) -> None:
    before = small_county.everything()

    with pytest.raises(errors.NotFound):
        small_county.system.execute(
            EndCase(uuid4(), Ending.WITHDRAWN, TODAY, "They rang."), small_county.person("manager")
        )

    assert small_county.everything() == before


def test_the_day_on_which_the_family_withdrew_is_the_day_that_counts(county: County) -> None:
    case_id = county.open_case()
    county.walk(case_id, until="give_advice")
    county.pass_days(10)
    on = TODAY + dt.timedelta(days=4)

    county.system.execute(
        EndCase(case_id, Ending.WITHDRAWN, on, "They rang."), county.person("casework")
    )

    final = county.deadline(case_id, "assessment.final_plan")
    assert (final.state, final.voided) == ("void", on)
    assert county.deadline(case_id, "assessment.decision").state == "met"
    assert county.problems() == []
