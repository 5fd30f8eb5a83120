"""What is sent as a plan is checked to the last answer; what is sealed is told from any other."""

import copy
from typing import Any

import pytest

from tests.support.plans import TODAY, WHOLE, whole
from workflows.plan import document
from workflows.plan.document import InvalidPlan


def test_a_plan_is_the_same_after_it_was_kept() -> None:
    plan = whole()

    assert document.load(document.dump(plan)) == plan
    assert document.check(document.dump(plan), TODAY) == plan


def changed(**sections: Any) -> dict[str, Any]:
    sent = copy.deepcopy(WHOLE)
    sent["sections"] |= sections
    return sent


ROW = {"id": "x", "text": "A need"}
WRONG: dict[str, tuple[object, str]] = {
    "no object": ([], ""),
    "no sections": ({"schema": 1}, ""),
    "another schema": ({"schema": 2, "sections": {}}, "schema"),
    "an unknown section": (changed(z={}), "sections.z"),
    "a section that is a list": (changed(c=[]), "sections.c.rows"),
    "rows that are no list": (changed(c={"rows": "x"}), "sections.c.rows"),
    "a row that is no object": (changed(c={"rows": [1]}), "sections.c.rows.0.id"),
    "a row without id": (changed(c={"rows": [{"text": "x"}]}), "sections.c.rows.0.id"),
    "an id that is no name": (
        changed(c={"rows": [{"id": "<script>", "text": "x"}]}),
        "sections.c.rows.0.id",
    ),
    "an id twice": (changed(c={"rows": [ROW, ROW]}), "sections.c.rows.1.id"),
    "an id of another section": (
        changed(c={"rows": [{"id": "reads", "text": "x"}]}),
        "sections.c.rows.0.id",
    ),
    "an unknown question": (
        changed(c={"rows": [{**ROW, "colour": "red"}]}),
        "sections.c.rows.0.colour",
    ),
    "a missing answer": (changed(c={"rows": [{"id": "x"}]}), "sections.c.rows.0.text"),
    "an answer of another kind": (
        changed(c={"rows": [{"id": "x", "text": {"a": 1}}]}),
        "sections.c.rows.0.text",
    ),
    "a choice that is none": (
        changed(j={"rows": [{**ROW, "held": "in cash"}]}),
        "sections.j.rows.0.held",
    ),
    "a link to no row": (
        changed(g={"rows": [{"id": "x", "what": "Care", "outcomes": ["nothing"]}]}),
        "sections.g.rows.0.outcomes",
    ),
    "too many rows": (
        changed(c={"rows": [{"id": f"c{n}", "text": "x"} for n in range(101)]}),
        "sections.c.rows",
    ),
    "too long a text": (changed(c={"text": "x" * 20_001}), "sections.c.text"),
    "text that cannot be kept": (changed(c={"text": "\x00"}), "sections.c.text"),
    "text that is a number": (changed(c={"text": 7}), "sections.c.text"),
}


@pytest.mark.parametrize(("sent", "named"), WRONG.values(), ids=WRONG)
def test_a_plan_that_cannot_be_accepted_is_refused_by_name(sent: object, named: str) -> None:
    with pytest.raises(InvalidPlan) as caught:
        document.check(sent, TODAY)

    assert set(caught.value.errors) == ({named} if named else set())


def test_every_fault_of_a_plan_is_named_at_once() -> None:
    sent = changed(c={"rows": [{"id": "x"}]}, d={"rows": [{"id": "y"}]})

    with pytest.raises(InvalidPlan) as caught:
        document.check(sent, TODAY)

    assert set(caught.value.errors) == {"sections.c.rows.0.text", "sections.d.rows.0.text"}


def test_a_seal_does_not_depend_on_order_and_changes_with_every_letter() -> None:
    kept = document.dump(whole())
    turned = dict(reversed(kept.items()))
    sections = dict(reversed(kept["sections"].items()))  # type: ignore[union-attr]

    assert document.seal({**turned, "sections": sections}) == document.seal(kept)
    assert document.seal({**kept, "schema": 2}) != document.seal(kept)
    assert len(document.seal(kept)) == 64
