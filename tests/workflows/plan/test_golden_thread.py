"""Each need leads to an outcome, each outcome to provision, and all that is vague is found."""

import pytest

from tests.support.plans import whole, with_answer, with_text, without
from workflows.plan.golden_thread import About, Problem, Severity, check, year_of
from workflows.plan.model import EMPTY, Content, Plan, Row


def messages(plan: Plan, *, final: bool = False, about: About | None = None) -> list[str]:
    return [each.message for each in check(plan, about or About(), final=final)]


def test_a_whole_plan_has_no_problem() -> None:
    assert messages(whole()) == []
    assert messages(with_text(whole(), "i", "A mainstream primary school"), final=True) == []


def test_a_need_without_an_outcome_is_an_error_that_names_its_row() -> None:
    plan = with_answer(whole(), "e", "story", needs=["talks"])

    assert check(plan, About(), final=False) == (
        Problem(Severity.ERROR, "b", "reads", "Need B1 leads to no outcome."),
    )


def test_needs_of_health_and_social_care_lead_to_outcomes_too() -> None:
    plan = whole().with_content("c", Content((Row("asthma", {"text": "Asthma"}),)))

    assert messages(plan) == ["Need C1 leads to no outcome."]


def test_an_outcome_without_provision_is_an_error() -> None:
    found = check(without(whole(), "f", "sessions", "outcomes"), About(), final=False)

    assert [each.severity for each in found] == ["error", "warning"]
    assert [each.message for each in found] == [
        "Outcome E1 has no provision.",
        "Provision F1 is for no outcome.",
    ]


def test_provision_of_health_meets_an_outcome_as_well() -> None:
    plan = without(whole(), "f", "sessions", "outcomes")
    row = plan.of("f").rows[0]
    values = {**row.values, "outcomes": ["story"]}
    plan = plan.with_content("g", Content((Row("therapy", values),)))

    assert messages(plan) == ["Provision F1 is for no outcome."]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        (("who",), "Provision F1 does not say who provides it."),
        (("how_often",), "Provision F1 does not say how often."),
        (("how_long",), "Provision F1 does not say how long each time."),
        (
            ("who", "how_often", "how_long"),
            "Provision F1 does not say who provides it, how often or how long each time.",
        ),
    ],
)
def test_provision_that_cannot_be_counted_is_an_error(lacking: tuple[str, ...], said: str) -> None:
    found = check(without(whole(), "f", "sessions", *lacking), About(), final=False)

    assert [(each.severity, each.message) for each in found] == [(Severity.ERROR, said)]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Access to a quiet room", "access to"),
        ("Breaks as required", "as required"),
        ("Breaks as and when needed", "as required"),
        ("Regular checks", "regular"),
        ("Opportunities for play", "opportunities for"),
        ("Ada would benefit from a laptop", "would benefit from"),
    ],
)
def test_vague_words_in_provision_are_warned_of(written: str, words: str) -> None:
    (found,) = check(with_answer(whole(), "f", "sessions", what=written), About(), final=False)

    assert found.severity == Severity.WARNING
    assert f"“{words}”" in found.message
    assert found.row_id == "sessions"


@pytest.mark.parametrize("written", ["Irregular verbs", "Excess tools", "A quiet room"])
def test_plain_words_in_provision_are_not(written: str) -> None:
    assert messages(with_answer(whole(), "f", "sessions", what=written)) == []


def test_vague_words_in_free_text_are_found_too() -> None:
    assert messages(with_text(whole(), "f", "Regular support.")) == [
        "Section F says “regular”: say exactly what, how often and by whom."
    ]


def test_an_outcome_without_a_date_is_warned_of() -> None:
    assert messages(without(whole(), "e", "story", "by")) == [
        "Outcome E1 has no date by which to reach it."
    ]


def test_section_i_is_blank_in_a_draft_and_filled_in_the_final_plan() -> None:
    named = with_text(whole(), "i", "A mainstream primary school")

    assert messages(named) == ["Section I must be blank in a draft."]
    assert messages(whole(), final=True) == [
        "Section I must name the setting, or its type, in the final plan."
    ]


def test_sections_that_no_plan_can_do_without_are_asked_for() -> None:
    assert messages(Plan()) == [f"Section {each} is empty." for each in "ABEF"]


def test_a_section_that_its_form_cannot_take_is_an_error() -> None:
    rows = tuple(Row(f"a{n}", {"kind": "history", "text": "x" * 4000}) for n in range(6))

    (message,) = messages(whole().with_content("a", Content(rows)))

    assert message.startswith("Section A has 24,")


def test_advice_that_was_received_and_is_not_listed_is_warned_of() -> None:
    about = About(advice=("health", "psychology"))
    row = Row("k", {"who": "Dr Reed", "source": "psychology"})
    listed = whole().with_content("k", Content((row,)))

    assert messages(listed, about=about) == [
        "Section K does not list an advice that was received: Health."
    ]
    assert messages(with_text(whole(), "k", "All of it."), about=about) == []


@pytest.mark.parametrize(("year", "warned"), [(None, False), (8, False), (9, True), (13, True)])
def test_an_outcome_prepares_for_adulthood_from_year_nine_on(
    year: int | None, *, warned: bool
) -> None:
    about = About(year=year)

    found = messages(with_answer(whole(), "e", "story", adulthood="no"), about=about)

    assert bool(found) == warned
    assert messages(with_answer(whole(), "e", "story", adulthood="community"), about=about) == []


def test_where_a_section_is_text_its_thread_is_not_guessed() -> None:
    free = with_text(with_text(whole(), "e", "Reads well by July."), "f", "Three lessons a week.")

    assert messages(free) == []
    assert messages(with_text(whole(), "f", "Three lessons a week.")) == []


@pytest.mark.parametrize(
    ("given", "year"), [("9", 9), ("reception", None), ("", None), (None, None), (9, None)]
)
def test_a_year_group_is_a_number_from_year_one_on(given: object, year: int | None) -> None:
    assert year_of(given) == year


def test_errors_stand_before_warnings_in_the_order_of_the_sections() -> None:
    plan = without(without(whole(), "f", "sessions", "who"), "e", "story", "by")
    plan = plan.with_content("a", EMPTY)

    assert [(each.severity.value, each.section) for each in check(plan, About(), final=False)] == [
        ("error", "a"),
        ("error", "f"),
        ("warning", "e"),
    ]
