"""What follows a step is read from the diagram: through gateways and calls, up to the next wait."""

import pytest

from engine.definitions.following import Step, passed
from tests.support.diagrams import bundle, diagram, flows

OUTER = diagram(
    """
    <startEvent id="start"/><userTask id="decide"/>
    <exclusiveGateway id="which" default="no"/>
    <serviceTask id="tell" camunda:type="external" camunda:topic="t"/>
    <callActivity id="each" calledElement="inner"/>
    <serviceTask id="after_all" camunda:type="external" camunda:topic="t"/>
    <userTask id="later"/>
    <serviceTask id="much_later" camunda:type="external" camunda:topic="t"/>
    <endEvent id="end"/>
    <sequenceFlow id="no" sourceRef="which" targetRef="tell"/>
    <sequenceFlow id="yes" sourceRef="which" targetRef="each">
      <conditionExpression>${1 == 1}</conditionExpression>
    </sequenceFlow>
    """
    + flows("start", "decide", "which")
    + flows("tell", "later")
    + flows("each", "after_all", "later", "much_later", "end"),
)
INNER = diagram(
    """
    <startEvent id="begin"/>
    <serviceTask id="ask" camunda:type="external" camunda:topic="t"/>
    <userTask id="answer"/>
    <serviceTask id="thank" camunda:type="external" camunda:topic="t"/>
    <endEvent id="done"/>
    """
    + flows("begin", "ask", "answer", "thank", "done"),
    key="inner",
)


def services(element_id: str) -> list[Step]:
    found = bundle(OUTER, INNER, keys=("main", "inner"))
    return [
        step
        for step in found.following(element_id)
        if found.elements[step.element_id].type == "serviceTask"
    ]


def test_every_way_out_of_a_gateway_may_follow_and_calls_are_entered() -> None:
    assert services("decide") == [Step("tell"), Step("ask", ("each",))]


def test_what_waits_is_not_passed() -> None:
    assert services("later") == [Step("much_later")]


def test_the_end_of_a_called_process_leads_on_in_the_caller() -> None:
    assert services("answer") == [Step("thank"), Step("after_all", (), ("each",))]


def test_what_nothing_follows_has_no_steps() -> None:
    assert services("end") == []


BRANCHED = diagram(
    '<startEvent id="start"/><userTask id="first"/><exclusiveGateway id="which" default="no"/>'
    '<userTask id="one"/><userTask id="other"/><userTask id="after"/><endEvent id="end"/>'
    '<boundaryEvent id="late" attachedToRef="after"><timerEventDefinition><timeDuration>P1W'
    '</timeDuration></timerEventDefinition></boundaryEvent><userTask id="hurry"/>'
    '<endEvent id="hurried"/><sequenceFlow id="no" sourceRef="which" targetRef="one"/>'
    '<sequenceFlow id="yes" sourceRef="which" targetRef="other">'
    "<conditionExpression>${1 == 1}</conditionExpression></sequenceFlow>"
    + flows("start", "first", "which")
    + flows("one", "after", "end")
    + flows("other", "after")
    + flows("late", "hurry", "hurried")
)


@pytest.mark.parametrize(
    ("start", "goal", "over"),
    [
        ("first", "after", {"first", "which"}),
        ("first", "one", {"first", "which"}),
        ("one", "other", set()),
        ("after", "first", set()),
        ("first", "hurry", {"first", "which", "after", "late"}),
    ],
)
def test_what_lies_on_every_way_is_passed_over(start: str, goal: str, over: set[str]) -> None:
    found = bundle(BRANCHED)

    assert set(passed(found.flows, found.elements, start, goal)) == over


def test_what_is_within_a_step_that_is_passed_over_is_passed_over_too() -> None:
    found = bundle(OUTER, INNER, keys=("main", "inner"))

    over = passed(found.flows, found.elements, "each", "later")

    assert over == ("each", "after_all", "begin", "ask", "answer", "thank", "done")
