"""A plan stays whole when its rows change."""

from tests.support.plans import whole
from workflows.plan.model import Content, Row


def test_a_row_that_is_gone_is_linked_to_by_none() -> None:
    plan = whole()

    after = plan.with_content("b", plan.of("b").without_row("reads"))

    assert after.of("e").rows[0].links("needs") == ("talks",)
    assert after.changed_from(plan) == ("b", "e")


def test_the_last_link_that_goes_leaves_no_empty_answer() -> None:
    plan = whole()

    after = plan.with_content("e", Content())

    assert "outcomes" not in after.of("f").rows[0].values
    assert "e" not in after.contents


def test_a_row_is_changed_in_its_place_and_a_new_one_comes_last() -> None:
    content = whole().of("b")

    changed = content.with_row(Row("reads", {"text": "Reads."})).with_row(Row("new", {}))

    assert [each.id for each in changed.rows] == ["reads", "talks", "new"]
    assert changed.rows[0].text("text") == "Reads."


def test_rows_are_called_by_their_section_and_place() -> None:
    assert whole().labels() == {
        "view": "A1",
        "reads": "B1",
        "talks": "B2",
        "story": "E1",
        "sessions": "F1",
    }
