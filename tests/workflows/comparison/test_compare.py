"""Two versions are told apart in words that a process owner would use."""

from collections.abc import Iterable

import pytest

from tests.support.diagrams import diagram, flows
from workflows.bootstrap import DIAGRAMS
from workflows.comparison.compare import Comparison, What, compare

DUE = "${before(due('assessment.decision'), 'P1W')}"
FORM = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="why" label="Why" type="textarea"/>'
    '<camunda:formField id="how" label="How" type="enum">'
    '<camunda:value id="a" name="By post"/><camunda:value id="b" name="By hand"/>'
    "</camunda:formField></camunda:formData></extensionElements>"
)
BODY = (
    '<laneSet id="lanes"><lane id="casework" name="SEN casework"><flowNodeRef>begin</flowNodeRef>'
    "<flowNodeRef>decide</flowNodeRef><flowNodeRef>done</flowNodeRef></lane>"
    '<lane id="panel" name="Decision panel"></lane></laneSet>'
    '<startEvent id="begin" name="It begins"/>'
    f'<userTask id="decide" name="Decide">{FORM}</userTask>'
    '<boundaryEvent id="late" name="Nearly late" attachedToRef="decide" cancelActivity="false">'
    f'<timerEventDefinition id="t"><timeDate>{DUE}</timeDate></timerEventDefinition></boundaryEvent>'
    '<endEvent id="done" name="It is done"/>' + flows("begin", "decide", "done")
)


def against(*changes: tuple[str, str]) -> Comparison:
    """Compare the diagram with what it becomes by some replacements."""
    text = diagram(BODY).decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return compare(diagram(BODY), text.encode())


def told(found: Iterable[object]) -> str:
    return " | ".join(str(each) for each in found)


def test_a_file_does_not_differ_from_itself_however_it_is_set() -> None:
    for path in DIAGRAMS.rglob("*.bpmn"):
        data = path.read_bytes()
        assert compare(data, data.replace(b"\n", b"\n\n")).same, path.name


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('name="Decide"', 'name="Decide now"', "Was called “Decide”, is called “Decide now”"),
        ("'P1W'", "'P2W'", "before: 1 week before the last day of “"),
        ("'P1W'", "'P2W'", "now: 2 weeks before the last day of “"),
        ('cancelActivity="false"', 'cancelActivity="true"', "Interrupts, before: no; now: yes"),
        (
            'label="Why"',
            'label="Reasons"',
            "Question changed, before: “Why” (textarea); now: “Reasons",
        ),
        ('type="textarea"', 'type="string"', "now: “Why” (string)"),
        ('<camunda:value id="b" name="By hand"/>', "", "choices By post"),
        (
            '<camunda:formField id="why" label="Why" type="textarea"/>',
            "",
            "Question removed: “Why”",
        ),
        (
            '<userTask id="decide" name="Decide">',
            '<userTask id="decide" name="Decide" camunda:candidateGroups="health">',
            "Who acts, new: health",
        ),
        (
            '<userTask id="decide" name="Decide">',
            '<userTask id="decide" name="Decide"><documentation>By Friday</documentation>',
            "Documentation, new: By Friday",
        ),
    ],
)
def test_what_changed_in_an_element_is_told_with_before_and_after(
    old: str, new: str, line: str
) -> None:
    (found,) = against((old, new)).differences

    assert found.what == What.CHANGED
    assert line in told(found.details)


def test_a_step_between_two_others_is_added_and_the_flow_around_it_moved() -> None:
    found = against(
        (
            '<endEvent id="done"',
            (
                '<userTask id="head" name="Check with the head"/>'
                '<sequenceFlow id="head_done" sourceRef="head" targetRef="done"/><endEvent id="done"'
            ),
        ),
        ('sourceRef="decide" targetRef="done"', 'sourceRef="decide" targetRef="head"'),
    )

    added, moved = found.of(What.ADDED), found.of(What.MOVED)
    assert {each.after for each in added} == {"head", "head_done"}
    assert moved[0].details == (
        "Led from “Decide” to “It is done”; leads from “Decide” to “Check with the head”",
    )


def test_what_was_taken_out_is_told_with_what_it_did() -> None:
    boundary = BODY[BODY.index("<boundaryEvent") : BODY.index("<endEvent")]
    found = against((boundary, ""))

    (gone,) = found.of(What.REMOVED)
    assert (gone.before, gone.after, gone.name) == ("late", "", "Nearly late")
    assert "1 week before" in told(gone.details)


def test_an_element_in_another_lane_has_moved() -> None:
    found = against(
        ("<flowNodeRef>decide</flowNodeRef>", ""),
        (
            '<lane id="panel" name="Decision panel">',
            '<lane id="panel" name="Decision panel"><flowNodeRef>decide</flowNodeRef>',
        ),
    )

    (moved,) = found.differences
    assert moved.what == What.MOVED
    assert "SEN casework" in moved.details[0]
    assert "Decision panel" in moved.details[0]


def test_a_lane_with_another_name_moves_nothing() -> None:
    (changed,) = against(('name="SEN casework"', 'name="Casework"')).differences

    assert (changed.what, changed.after) == (What.CHANGED, "casework")


def test_a_file_that_another_tool_has_named_anew_differs_in_nothing() -> None:
    assert against(("<definitions ", '<definitions id="Definitions_1x" name="Mine" ')).same


def test_an_element_with_another_id_is_known_by_its_name() -> None:
    found = against(('id="decide"', 'id="settle"'), ('Ref="decide"', 'Ref="settle"'))

    assert not found.of(What.ADDED)
    assert not found.of(What.REMOVED)
    assert "Identifier decide is now settle" in told(found.of(What.CHANGED)[0].details)


def test_what_is_only_drawn_elsewhere_is_one_line() -> None:
    data = (DIAGRAMS / "mediation.bpmn").read_text()
    x = data.index('x="', data.index("Bounds"))

    found = compare(data.encode(), (data[:x] + 'x="1' + data[x + 3 :]).encode())

    assert not found.differences
    assert found.drawn_anew
    assert not found.same


def test_rules_of_a_decision_table_are_added_removed_and_changed() -> None:
    data = (DIAGRAMS / "routing.dmn").read_text()
    changed = compare(data.encode(), data.replace("sen_south", "sen_west", 1).encode())
    start, end = data.index("<rule "), data.index("</rule>") + len("</rule>")
    fewer = compare(data.encode(), (data[:start] + data[end:]).encode())
    more = compare((data[:start] + data[end:]).encode(), data.encode())

    assert "sen_west" in told(changed.of(What.CHANGED))
    assert len(changed.differences) == len(fewer.differences) == len(more.differences) == 1
    assert [each.before for each in fewer.of(What.REMOVED)] == ["rule_1"]
    assert [each.after for each in more.of(What.ADDED)] == ["rule_1"]


def test_a_rule_in_another_place_has_moved_and_no_other_has() -> None:
    data = (DIAGRAMS / "routing.dmn").read_text()
    start, end = data.index("<rule "), data.index("</rule>") + len("</rule>")
    last = data.rindex("</rule>") + len("</rule>")
    text = data[:start] + data[end:last] + data[start:end] + data[last:]

    (found,) = compare(data.encode(), text.encode()).differences

    assert (found.what, found.before) == (What.MOVED, "rule_1")
