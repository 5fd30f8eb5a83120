"""What a case can fill into its plan."""

import datetime as dt
from uuid import UUID

import pytest

from tests.support.plans import TODAY, whole, with_text
from workflows.duties.facts import Fact
from workflows.plan import about, document
from workflows.plan.model import Content, Plan, Row

CASE = UUID(int=7)
MARCH = dt.date(2026, 3, 1)
RECEIVED = (
    Fact("advice_received", MARCH, "health", ""),
    Fact("advice_received", TODAY, "psychology", ""),
    Fact("advice_received", MARCH, "play_therapist", ""),
    Fact("request_received", TODAY, "", ""),
)


def test_a_case_tells_the_advice_received_and_the_year_group() -> None:
    found = about.about({"year_group": "9"}, RECEIVED)

    assert found.advice == ("health", "play_therapist", "psychology")
    assert found.year == 9


def test_advice_that_is_not_listed_yet_is_proposed_the_earliest_first() -> None:
    listed = Plan().with_content("k", Content((Row("k", {"who": "NHS", "source": "health"}),)))

    rows = about.advice_rows(listed, CASE, RECEIVED)

    assert [dict(each.values) for each in rows] == [
        {"who": "Educational psychology", "on": "2026-01-05", "source": "psychology"},
        {"who": "Play therapist", "on": "2026-03-01", "source": "other"},
    ]
    assert about.advice_rows(listed, CASE, RECEIVED) == rows, "the same rows each time"
    filled = listed.with_content("k", Content((*listed.of("k").rows, *rows)))
    assert about.advice_rows(filled, CASE, RECEIVED) == ()


def test_a_personal_budget_is_proposed_where_section_j_is_empty() -> None:
    variables = {"budget_amount": 2400, "how_held": "direct_payment", "agreed_provision": "Riding"}

    (row,) = about.budget_rows(whole(), CASE, variables)

    assert dict(row.values) == {"text": "Riding", "amount": "£2,400.00", "held": "direct_payment"}
    assert about.budget_rows(with_text(whole(), "j", "None."), CASE, variables) == ()
    assert about.budget_rows(whole(), CASE, {"budget_amount": None}) == ()


@pytest.mark.parametrize(
    "variables", [{"budget_amount": "£1 a day"}, {"budget_amount": 7, "how_held": "x"}]
)
def test_what_is_proposed_can_be_kept(variables: dict[str, object]) -> None:
    rows = about.budget_rows(whole(), CASE, variables)
    advice = about.advice_rows(whole(), CASE, RECEIVED)

    for code, found in (("j", rows), ("k", advice)):
        sent = document.dump_content(Content(found))
        assert document.check_content(code, sent, whole(), TODAY).rows == found
