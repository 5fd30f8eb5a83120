"""Sections in words, for the form's variables and for paper."""

from tests.support.plans import whole, with_text
from workflows.notices.content import Section, Table
from workflows.plan import sections, text
from workflows.plan.model import Content, Plan, Row


def test_provision_reads_as_what_and_then_each_answer() -> None:
    assert text.section_text(whole(), "f") == (
        "F1. A reading programme with phonics.\n"
        "Who provides it: A specialist teacher\n"
        "How often: Three times a week\n"
        "How long each time: 30 minutes\n"
        "How many: One adult to two children\n"
        "For which outcomes: E1\n"
        "When it is reviewed: Each half term"
    )


def test_needs_stand_under_their_area_and_outcomes_name_dates_and_needs() -> None:
    assert text.section_text(whole(), "b").splitlines()[0] == (
        "B1. Cognition and learning: Reads at the level of a child of six."
    )
    assert text.section_text(whole(), "e").splitlines()[1:] == [
        "By when: 31 July 2027",
        "For which needs: B1, B2",
    ]


def test_advice_begins_with_who_gave_it() -> None:
    row = Row("k", {"who": "Dr Reed", "role": "Psychologist", "on": "2026-03-01"})
    plan = Plan().with_content("k", Content((row,)))

    assert text.section_text(plan, "k") == (
        "K1. Dr Reed\nIn which role: Psychologist\nDate of the advice: 1 March 2026"
    )


def test_free_text_stands_before_rows() -> None:
    plan = whole()
    plan = plan.with_content("f", Content(plan.of("f").rows, "In all lessons:"))

    assert text.section_text(plan, "f").startswith("In all lessons:\n\nF1. ")


def test_what_variables_say_alike_keeps_its_rows_and_what_they_say_else_becomes_text() -> None:
    plan = whole()
    said = text.texts(plan) | {"section_e": "Reads.", "section_c": None}

    after = text.with_texts(plan, said)

    assert after.changed_from(plan) == ("e", "f")
    assert after.of("e") == Content(text="Reads.")
    assert after.of("b") == plan.of("b")


def test_a_section_that_variables_do_not_name_stays_as_it_is() -> None:
    assert text.with_texts(whole(), {}) == whole()


def test_paper_has_every_section_in_order_and_section_i_in_the_final_plan_alone() -> None:
    final = [each.code for each in text.paper(whole(), final=True)]
    draft = [each.code for each in text.paper(whole(), final=False)]

    assert final == [each.letter for each in sections.ALL]
    assert [each for each in final if each not in draft] == ["I"]


def test_paper_has_views_as_paragraphs_and_provision_as_a_table() -> None:
    papers = {
        each.code: each for each in text.paper(with_text(whole(), "c", "x\n\ny"), final=False)
    }

    assert papers["A"].paragraphs == ("The child’s or young person’s views: I like the sea.",)
    assert papers["C"] == Section("C", "Health needs", ("x", "y"))
    assert papers["F"].tables == (
        Table(
            (
                "No.",
                "What is provided",
                "Who provides it",
                "How often, how long each time",
                "How many",
                "For which outcomes",
                "When it is reviewed",
            ),
            (
                (
                    "F1",
                    "A reading programme with phonics.",
                    "A specialist teacher",
                    "Three times a week, 30 minutes",
                    "One adult to two children",
                    "E1",
                    "Each half term",
                ),
            ),
        ),
    )


def test_every_table_has_as_many_cells_as_heads() -> None:
    row = {"text": "x", "what": "x", "who": "x", "type": "x"}
    plan = Plan({code: Content((Row(f"{code}-1", row),)) for code in sections.KINDS})

    for section in text.paper(plan, final=True):
        for table in section.tables:
            assert {len(each) for each in table.rows} == {len(table.header)}
