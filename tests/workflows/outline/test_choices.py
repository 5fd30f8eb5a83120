"""What can be chosen in the outline is what the system knows, and reads back as it was chosen."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from engine.definitions import xml
from workflows import bootstrap
from workflows.documents.store import DocumentStore
from workflows.outline import lists, timing
from workflows.outline.dialogs import question, step, ways
from workflows.outline.drawing import CannotEdit, Drawing
from workflows.outline.timing import Timing
from workflows.rulebook import load

ROOT = Path(__file__).parents[3]
OURS = sorted((ROOT / "bpmn").rglob("*.bpmn"))
LISTS = lists.lists_of(load.current(), [("mediation", "Mediation")], [("routing", "Routing")])


def test_every_service_is_offered_in_words() -> None:
    assert set(lists.SERVICES) == set(bootstrap.topics(DocumentStore("memory://")))


@given(
    choice=st.sampled_from(["on", "before", "after", "duration"]),
    duty=st.sampled_from([code for code, _ in (*LISTS.duties, *LISTS.kinds)]),
    number=st.integers(1, 99),
    unit=st.sampled_from(list(timing.UNITS)),
)
def test_a_time_reads_back_as_it_was_chosen(choice: str, duty: str, number: int, unit: str) -> None:
    written = Timing(choice, duty=duty, number=number, unit=unit).written()

    found = timing.read(*written)

    assert found.choice == choice
    assert found.written() == written
    assert "${" not in timing.in_words(found, dict(LISTS.titles.duties))


def test_a_time_that_lacks_something_is_refused_at_its_question() -> None:
    for wrong, name in (
        (Timing("before", number=2), "timer_duty"),
        (Timing("after", duty="assessment.decision"), "timer_number"),
        (Timing("expression"), "timer_text"),
        (Timing("expression", text="tomorrow", kind="timeDuration"), "timer_text"),
    ):
        with pytest.raises(CannotEdit) as refused:
            wrong.written()
        assert name in refused.value.errors


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_step_that_is_saved_as_it_stands_does_not_change(path: Path) -> None:
    before, now = Drawing.of(path.read_bytes()), Drawing.of(path.read_bytes())
    changed = []
    for name, node in before.nodes.items():
        dialog = step.step(now, name, LISTS)
        asked = {each.id for each in dialog.form.fields}
        dialog.apply({key: value for key, value in dialog.values.items() if key in asked})
        if _said(now.nodes[name]) != _said(node):
            changed.append(name)

    assert changed == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_question_or_a_way_that_is_saved_as_it_stands_does_not_change(path: Path) -> None:
    now = Drawing.of(path.read_bytes())
    before = [
        _said(each)
        for each in now.root.iter(f"{{{xml.CAMUNDA}}}formField", f"{{{xml.BPMN}}}sequenceFlow")
    ]
    for name, node in now.nodes.items():
        for field in (
            [each.get("id") for each in node.iter(f"{{{xml.CAMUNDA}}}formField")]
            if not list(node.iter(f"{{{xml.BPMN}}}sequenceFlow"))
            else []
        ):
            dialog = question.question(now, name, field)
            dialog.apply(dialog.values)
    for name in list(now.flows):
        dialog = ways.way(now, name, {})
        asked = {each.id for each in dialog.form.fields}
        values = {key: value for key, value in dialog.values.items() if key in asked}
        dialog.apply(
            values if values.get("when") != ways.OTHERWISE else {**values, "condition": ""}
        )

    after = [
        _said(each)
        for each in now.root.iter(f"{{{xml.CAMUNDA}}}formField", f"{{{xml.BPMN}}}sequenceFlow")
    ]
    assert after == before


def _said(node: object) -> object:
    """Return what an element says, whatever the order of its properties and constraints."""
    attributes = sorted(dict(node.attrib).items())  # type: ignore[attr-defined]
    text = (node.text or "").strip()  # type: ignore[attr-defined]
    inner = sorted((_said(each) for each in node), key=repr)  # type: ignore[attr-defined]
    return node.tag, attributes, text, inner  # type: ignore[attr-defined]
