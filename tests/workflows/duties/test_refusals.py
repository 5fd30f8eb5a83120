"""Facts that cannot be and exceptions that the law does not have are refused in plain words."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from workflows.duties.facts import Fact, LawfulException
from workflows.duties.refusals import (
    OutOfOrder,
    UnknownFact,
    UnlawfulException,
    refuse_out_of_order,
    refuse_unlawful,
)
from workflows.rulebook import load

LAW = load.current()
TODAY = dt.date(2026, 6, 30)
RECEIVED = dt.date(2026, 1, 5)
FACTS = (
    Fact("request_received", RECEIVED),
    Fact("assessment_decision_notified", dt.date(2026, 2, 16), outcome="assess"),
    Fact("advice_requested", dt.date(2026, 2, 17), "health"),
    Fact("advice_requested", dt.date(2026, 2, 20), "psychology"),
    Fact("advice_received", dt.date(2026, 3, 20), "health"),
    Fact("plan_decision_notified", dt.date(2026, 4, 1), outcome="yes"),
    Fact("draft_plan_served", dt.date(2026, 4, 10)),
)


def others(fact: Fact) -> list[Fact]:
    """Return what a correction stands beside, as the ledger has it."""
    key = (fact.code, fact.qualifier)
    return [each for each in FACTS if (each.code, each.qualifier) != key]


def enter(fact: Fact) -> None:
    refuse_out_of_order(fact, others(fact), LAW, TODAY)


def claim(duty: str = "assessment.final_plan", **values: object) -> None:
    given_values = {
        "ground": "exceptional_circumstances",
        "from_date": dt.date(2026, 3, 1),
        "to_date": dt.date(2026, 3, 14),
        "reason": "A bereavement; the family’s letter is on the case.",
        **values,
    }
    refuse_unlawful(LawfulException(duty, **given_values), LAW, FACTS, TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", [code for code, kind in LAW.facts.items() if not kind.planned])
def test_no_fact_lies_in_the_future(code: str) -> None:
    kind = LAW.facts[code]
    fact = Fact(code, TODAY + dt.timedelta(days=1), "health" if kind.qualified_by else "")

    with pytest.raises(OutOfOrder) as refused:
        enter(fact)

    assert refused.value.message == f"“{kind.title}” must be today or in the past."
    assert refused.value.errors == {"date": (refused.value.message,)}


@pytest.mark.parametrize(
    "fact",
    [
        Fact("final_plan_sent", TODAY),
        Fact("draft_plan_served", dt.date(2026, 4, 1)),  # on the day of what it follows
        Fact("request_received", dt.date(2026, 2, 16)),
        Fact("advice_received", dt.date(2026, 2, 20), "psychology"),
        Fact("request_withdrawn", RECEIVED),
    ],
    ids=lambda fact: fact.code,
)
def test_what_fits_the_other_dates_is_taken(fact: Fact) -> None:
    enter(fact)


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (
            Fact("draft_plan_served", dt.date(2026, 3, 31)),
            (
                "“Draft plan served” (31 March 2026) cannot lie before “Family told of the decision "
                "whether to issue a plan” (1 April 2026)."
            ),
        ),
        (
            Fact("advice_received", dt.date(2026, 2, 18), "psychology"),
            (
                "“Advice received” (18 February 2026) cannot lie before “Advice requested” "
                "(20 February 2026)."
            ),
        ),
        (
            Fact("request_received", dt.date(2026, 2, 17)),
            (
                "“Request received” (17 February 2026) cannot lie after “Family told of the decision "
                "whether to assess” (16 February 2026)."
            ),
        ),
        (
            Fact("advice_requested", dt.date(2026, 3, 21), "health"),
            "“Advice requested” (21 March 2026) cannot lie after “Advice received” (20 March 2026).",
        ),
        (
            Fact("move_family_told", TODAY),
            (
                "“Family told of the transfer and of the next review” cannot be recorded before "
                "“Plan received from another authority”."
            ),
        ),
        (
            Fact("setting_responded", TODAY, "beck-lane"),
            "“Setting responded” cannot be recorded before “Setting consulted”.",
        ),
        (
            Fact("advice_received", TODAY, "social_care"),
            "“Advice received” cannot be recorded before “Advice requested”.",
        ),
    ],
    ids=[
        "draft first",
        "advice first",
        "request last",
        "asked last",
        "no plan",
        "not consulted",
        "not asked",
    ],
)
def test_dates_out_of_order_are_refused_with_both_dates(fact: Fact, message: str) -> None:
    with pytest.raises(OutOfOrder) as refused:
        enter(fact)

    assert refused.value.message == message
    assert refused.value.errors == {"date": (message,)}


@given(
    st.dates(dt.date(2014, 9, 1), TODAY),
    st.dates(dt.date(2014, 9, 1), TODAY),
)
def test_two_dates_fit_either_way_they_are_entered(asked: dt.date, received: dt.date) -> None:
    request = Fact("advice_requested", asked, "sensory")
    answer = Fact("advice_received", received, "sensory")

    def fits(fact: Fact, known: list[Fact]) -> bool:
        try:
            refuse_out_of_order(fact, known, LAW, TODAY)
        except OutOfOrder:
            return False
        return True

    start = Fact("request_received", dt.date(2014, 9, 1))
    assert fits(answer, [start, request]) == (asked <= received)
    assert fits(request, [start, answer]) == (asked <= received)


def test_a_fact_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownFact, match="There is no fact “plan_lost”"):
        enter(Fact("plan_lost", TODAY))


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        (Fact("advice_received", TODAY), "adviser"),
        (Fact("setting_consulted", TODAY), "setting"),
        (Fact("request_received", RECEIVED, "health"), "nothing else"),
    ],
    ids=lambda value: value.code if isinstance(value, Fact) else "",
)
def test_a_fact_says_which_adviser_or_setting_it_is_about(fact: Fact, what: str) -> None:
    with pytest.raises(UnknownFact, match=f"must say which {what} it is about"):
        enter(fact)


@pytest.mark.parametrize(
    ("duty", "ground"),
    [
        (duty.code, ground)
        for duty in LAW.duties
        for ground in (*LAW.grounds, "staff_shortage", "")
        if ground not in duty.grounds and duty.code.startswith("assessment.")
    ],
)
def test_a_ground_that_the_regulation_of_a_duty_does_not_have_is_refused(
    duty: str, ground: str
) -> None:
    qualifier = {"assessment.advice": "psychology", "assessment.setting_consultation": "beck-lane"}
    facts = (*FACTS, Fact("setting_consulted", dt.date(2026, 4, 10), "beck-lane"))
    claimed = LawfulException(
        duty, ground, dt.date(2026, 2, 1), dt.date(2026, 4, 30), qualifier.get(duty, ""), None, "R."
    )

    with pytest.raises(UnlawfulException) as refused:
        refuse_unlawful(claimed, LAW, facts, TODAY)

    assert set(refused.value.errors) == {"ground"}
    assert LAW.newest(duty).title in refused.value.message
    for lawful in LAW.newest(duty).grounds:
        assert LAW.grounds[lawful].title in refused.value.message


def test_a_duty_without_any_ground_says_so() -> None:
    with pytest.raises(UnlawfulException, match="Its grounds are: none"):
        claim("assessment.representations")


@pytest.mark.parametrize("duty", ["plan.first_review", "assessment.nothing"])
def test_a_duty_that_is_not_open_has_no_exception(duty: str) -> None:
    with pytest.raises(UnlawfulException, match="No time limit of that kind is open") as refused:
        claim(duty)

    assert set(refused.value.errors) == {"duty"}


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"to_date": dt.date(2026, 2, 28)}, "to", "must end after it begins"),
        (
            {"from_date": TODAY + dt.timedelta(days=1), "to_date": dt.date(2026, 8, 1)},
            "from",
            "must begin today or in the past",
        ),
        (
            {"ground": "absent_from_area", "to_date": dt.date(2026, 3, 27)},
            "to",
            "“Absent from the area” needs at least 28 days without a break; these are 27.",
        ),
        (
            {"from_date": dt.date(2025, 12, 1), "to_date": dt.date(2026, 1, 4)},
            "from",
            "must fall within the time limit’s own",
        ),
        (
            {"from_date": dt.date(2026, 5, 26), "to_date": dt.date(2026, 6, 20)},
            "from",
            "must fall within the time limit’s own",
        ),
        (
            {"told_family_on": TODAY + dt.timedelta(days=1)},
            "told_family_on",
            "told must be today or in the past",
        ),
        ({"reason": "  \n"}, "reason", "Say what happened, and what shows it."),
    ],
    ids=["ends first", "future", "too short", "before", "after", "told later", "no reason"],
)
def test_an_exception_that_its_dates_do_not_bear_out_is_refused(
    values: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(UnlawfulException, match=message) as refused:
        claim(**values)

    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"ground": "absent_from_area", "to_date": dt.date(2026, 3, 28)},
        {"from_date": dt.date(2026, 5, 25), "to_date": dt.date(2026, 5, 25)},
        {"from_date": RECEIVED, "to_date": RECEIVED},
        {"told_family_on": TODAY},
    ],
    ids=["two weeks", "just four weeks", "last day", "first day", "told today"],
)
def test_a_lawful_exception_is_taken(values: dict[str, object]) -> None:
    claim(**values)
