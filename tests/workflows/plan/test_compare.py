"""What differs between two versions is told row by row and word by word."""

from tests.support.plans import whole, with_answer, with_text, without
from workflows.plan.compare import Answer, Difference, Kind, Piece, compare, pieces
from workflows.plan.model import Content, Row


def test_a_plan_does_not_differ_from_itself() -> None:
    assert compare(whole(), whole()) == ()


def test_a_changed_answer_shows_the_words_that_came_and_went() -> None:
    after = with_answer(whole(), "f", "sessions", how_often="Four times a week")

    assert compare(whole(), after) == (
        Difference(
            "f",
            Kind.CHANGED,
            "F1",
            (
                Answer(
                    "How often",
                    (
                        Piece(Kind.REMOVED, "Three "),
                        Piece(Kind.ADDED, "Four "),
                        Piece(Kind.SAME, "times a week"),
                    ),
                ),
            ),
        ),
    )


def test_rows_that_came_and_went_are_told_apart() -> None:
    before = whole().with_content("c", Content((Row("x", {"text": "Asthma"}),)))
    after = whole().with_content("c", Content((Row("y", {"text": "Eczema"}),)))

    found = compare(before, after)

    assert [(each.kind, each.answers[0].pieces[0].words) for each in found] == [
        (Kind.ADDED, "Eczema"),
        (Kind.REMOVED, "Asthma"),
    ]


def test_an_answer_that_was_taken_out_is_shown() -> None:
    (found,) = compare(whole(), without(whole(), "f", "sessions", "who"))

    assert found.answers == (
        Answer("Who provides it", (Piece(Kind.REMOVED, "A specialist teacher"),)),
    )


def test_text_without_rows_is_compared_too() -> None:
    before, after = with_text(whole(), "c", "None known."), with_text(whole(), "c", "None.")

    (changed,) = compare(before, after)
    (added,) = compare(whole(), after)
    (removed,) = compare(after, whole())

    assert (changed.kind, added.kind, removed.kind) == (Kind.CHANGED, Kind.ADDED, Kind.REMOVED)
    assert changed.label == "Text"


def test_only_what_may_be_read_is_compared() -> None:
    after = with_text(with_text(whole(), "c", "None."), "d", "None.")

    assert [each.section for each in compare(whole(), after, {"d"})] == ["d"]


def test_the_words_of_both_texts_can_be_put_together_again() -> None:
    old, new = "one two  three\nfour", "one  two four five "

    found = pieces(old, new)

    assert "".join(each.words for each in found if each.kind != Kind.ADDED) == old
    assert "".join(each.words for each in found if each.kind != Kind.REMOVED) == new
