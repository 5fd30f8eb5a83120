"""The measures that are published, counted here a second time by counting days alone."""

import datetime as dt
from collections import Counter

from hypothesis import given, settings, strategies as st

from tests.support.returns import CENSUS, case
from workflows.returns import compose, measures

SIX, SIXTEEN, TWENTY, LONG = (dt.timedelta(days=7 * each) for each in (6, 16, 20, 52))
BEGIN = dt.date(2025, 1, 1)


def counted(**dates: int) -> set[str]:
    """Return the measures of a case whose events lie so many days after the request."""
    outcomes = {
        "assessment_decision_notified": "assess",
        "plan_decision_notified": "no",
        "refused": "refuse",
    }
    rows = [("request_received", BEGIN.isoformat(), "", "")]
    for name, days in dates.items():
        code = "assessment_decision_notified" if name == "refused" else name
        on = (BEGIN + dt.timedelta(days=days)).isoformat()
        rows.append((code, on, "", outcomes.get(name, "")))
    material = case(only=tuple(rows))
    record = compose.record(material, CENSUS)
    assert record
    return set(measures.of(material, record, CENSUS))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 360))
def test_a_decision_within_six_weeks(days: int) -> None:
    found = counted(refused=days)

    within = dt.timedelta(days=days) <= SIX
    assert ("decision.within" in found, "decision.after" in found) == (within, not within)


@settings(max_examples=40, deadline=None)
@given(st.integers(20, 360))
def test_no_plan_within_sixteen_weeks(days: int) -> None:
    found = counted(assessment_decision_notified=10, plan_decision_notified=days)

    within = dt.timedelta(days=days) <= SIXTEEN
    assert ("no_plan.within" in found, "no_plan.after" in found) == (within, not within)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 540), st.booleans())
def test_a_plan_within_twenty_weeks_or_fifty_two_or_later(days: int, excepted: bool) -> None:  # noqa: FBT001
    begun = dt.date(2024, 6, 3)
    issued = begun + dt.timedelta(days=days)
    if not CENSUS.covers(issued):
        return
    rows = (
        ("request_received", begun.isoformat(), "", ""),
        ("assessment_decision_notified", begun.isoformat(), "", "assess"),
        ("final_plan_sent", issued.isoformat(), "", ""),
    )
    material = case(only=rows, excepted=("assessment.final_plan",) if excepted else ())
    record = compose.record(material, CENSUS)
    assert record

    found = set(measures.of(material, record, CENSUS))

    took = issued - begun
    band = "within" if took <= TWENTY else "late" if took <= LONG else "very_late"
    bands = {"plan.within", "plan.late", "plan.very_late"}
    assert found & bands == {f"plan.{band}"}
    assert (f"plan.{band}.no_exceptions" in found) == (not excepted)
    assert ("plan.excepted" in found) == excepted


def test_reviews_are_counted_by_the_year_of_their_decision() -> None:
    review = (
        ("review_meeting_held", "2025-03-03", "1", ""),
        ("review_decision_notified", "2025-03-31", "1", "maintain"),
        ("review_meeting_held", "2025-10-06", "2", ""),
        ("review_decision_notified", "2025-11-10", "2", "amend"),
        ("review_decision_notified", "2026-01-10", "3", "cease"),
    )
    material = case(*review)
    record = compose.record(material, CENSUS)
    assert record

    found = Counter(measures.of(material, record, CENSUS))

    assert {code: found[code] for code in found if code.startswith("review")} == {
        "review.within": 1,
        "review.after": 1,
        "review.maintain": 1,
        "review.amend": 1,
    }


def test_every_measure_has_its_words() -> None:
    bands = [
        f"plan.{each}{more}"
        for each in ("within", "late", "very_late")
        for more in ("", ".no_exceptions")
    ]

    assert set(bands) <= set(measures.TITLES)
