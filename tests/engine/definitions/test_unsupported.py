"""What the engine would run wrongly is refused, with a reason and an alternative."""

import pytest

from engine.definitions.malformed import MalformedDiagram
from tests.support.diagrams import bundle, diagram, flows

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
EVENT = '<subProcess id="s" triggeredByEvent="true"><startEvent id="e">{}</startEvent></subProcess>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<adHocSubProcess id="x"/>', "in parallel"),
        ('<transaction id="x"/>', "error boundary event"),
        ('<complexGateway id="x"/>', "inclusive gateway"),
        (
            '<intermediateThrowEvent id="x"><linkEventDefinition/></intermediateThrowEvent>',
            "sequence flow",
        ),
        ('<endEvent id="x"><signalEventDefinition/></endEvent>', "Use a message"),
        (
            '<intermediateThrowEvent id="x"><compensateEventDefinition/></intermediateThrowEvent>',
            "undoing",
        ),
        (
            '<intermediateCatchEvent id="x"><conditionalEventDefinition/></intermediateCatchEvent>',
            "timer",
        ),
        ('<userTask id="x"><standardLoopCharacteristics/></userTask>', "way back"),
        ('<userTask id="x"><multiInstanceLoopCharacteristics/></userTask>', "collection"),
        (
            '<scriptTask id="x" scriptFormat="python"><script>1</script></scriptTask>',
            "written in cel",
        ),
        (EVENT.format("<escalationEventDefinition/>"), "a message or a timer"),
        (
            (
                '<boundaryEvent id="x" attachedToRef="t"><timerEventDefinition>'
                "<timeCycle>R/P1W</timeCycle></timerEventDefinition></boundaryEvent>"
                '<userTask id="t"/>'
            ),
            "does not interrupt",
        ),
    ],
)
def test_it_is_refused_with_an_alternative(body: str, words: str) -> None:
    with pytest.raises(MalformedDiagram, match=r"(?i)line 1") as refused:
        bundle(diagram(PLAIN + body + flows("start", "end")))

    assert words in refused.value.message


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<userTask id="start"/>', "used twice"),
        ('<startEvent id="other"/>' + flows("other", "end"), "2 start events"),
        (
            (
                '<subProcess id="x"><startEvent id="y"><messageEventDefinition/></startEvent>'
                "</subProcess>" + flows("start", "x", "end")
            ),
            "a plain start event",
        ),
        (
            (
                '<intermediateCatchEvent id="x"><timerEventDefinition><timeDuration>two weeks'
                "</timeDuration></timerEventDefinition></intermediateCatchEvent>"
                + flows("start", "x", "end")
            ),
            "Write one such as P2W",
        ),
        (
            (
                '<extensionElements><camunda:properties><camunda:property name="variable.x" '
                'value="cloud"/></camunda:properties></extensionElements>'
            ),
            "a variable is one of",
        ),
        (
            '<userTask id="x"/><serviceTask id="y" camunda:type="external" camunda:topic="y"/>'
            + flows("start", "x", "y", "x"),
            "Add an exclusive gateway",
        ),
        ('<callActivity id="x" calledElement="nowhere"/>' + flows("start", "x", "end"), "nowhere"),
        (
            '<userTask id="x" camunda:assignee="${nobody}"/>' + flows("start", "x", "end"),
            "nothing here is called “nobody”",
        ),
        (
            (
                '<userTask id="x"><extensionElements><camunda:formData><camunda:formField id="A b" '
                'type="string"/></camunda:formData></extensionElements></userTask>'
            ),
            "small letters",
        ),
        (
            '<receiveTask id="x" messageRef="m_lost"/>' + flows("start", "x", "end"),
            "does not define",
        ),
    ],
)
def test_a_mistake_names_the_element(body: str, words: str) -> None:
    with pytest.raises(MalformedDiagram) as refused:
        bundle(diagram(PLAIN + body))

    assert words in refused.value.message
