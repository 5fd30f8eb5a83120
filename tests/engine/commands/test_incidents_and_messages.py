"""A step that fails waits for help with the work kept; a message reaches who waits for it."""

import pytest

from engine import errors
from engine.commands.deliver_message import DeliverMessage, NobodyWaits, WhichOne
from engine.commands.retry_incident import AlreadyResolved, RetryIncident
from engine.store.tables import incidents, instances, message_waits
from tests.support.diagrams import diagram, flows
from tests.support.office import ANN, Office

FAILING = diagram(
    '<startEvent id="start"/><userTask id="work"/>'
    '<serviceTask id="write" name="Write to the family" camunda:type="external" '
    'camunda:topic="write"/><userTask id="after"/><endEvent id="end"/>'
    + flows("start", "work", "write", "after", "end")
)
WAITING = diagram(
    '<startEvent id="start"><extensionElements><camunda:formData>'
    '<camunda:formField id="number" label="Number" type="long"/></camunda:formData>'
    '</extensionElements></startEvent><intermediateCatchEvent id="answered"><extensionElements>'
    '<camunda:properties><camunda:property name="correlate" value="number=number"/>'
    '</camunda:properties></extensionElements><messageEventDefinition messageRef="m_answer"/>'
    '</intermediateCatchEvent><endEvent id="end"/>' + flows("start", "answered", "end"),
    messages=["answer"],
)


def test_the_reason_is_told_and_the_work_is_kept(office: Office) -> None:
    office.publish(FAILING)
    office.start()
    office.domain.services.failing.add("write")

    office.complete()

    (incident,) = office.rows(incidents)
    assert (incident.name, incident.message) == (
        "Write to the family",
        "The family has no address.",
    )
    assert office.kinds().count("TaskCompleted") == 1
    assert office.problems() == []


def test_a_retry_goes_on_once(office: Office) -> None:
    office.publish(FAILING)
    office.start()
    office.domain.services.failing.add("write")
    office.complete()
    (first,) = office.rows(incidents)

    office.executor.execute(RetryIncident(first.id), ANN)
    second = next(row for row in office.rows(incidents) if row.resolved_at is None)
    assert second.id != first.id, "it failed again"

    office.domain.services.failing.clear()
    office.executor.execute(RetryIncident(second.id), ANN)
    with pytest.raises(AlreadyResolved):
        office.executor.execute(RetryIncident(second.id), ANN)

    assert office.task("after").status == "open"
    assert office.domain.services.called == ["write"]
    assert office.problems() == []


def test_a_message_goes_to_whom_it_agrees_with(office: Office) -> None:
    office.publish(WAITING)
    first, second = office.start(number=1), office.start(number=2)

    office.executor.execute(DeliverMessage("answer", office.subject, {"number": 2}), ANN)

    status = {row.id: row.status for row in office.rows(instances)}
    assert status == {first: "active", second: "completed"}
    assert [row.instance_id for row in office.rows(message_waits)] == [first]
    assert office.problems() == []


def test_a_message_between_processes_goes_to_whom_it_agrees_with(office: Office) -> None:
    asking = diagram(
        '<startEvent id="s"><extensionElements><camunda:formData>'
        '<camunda:formField id="number" label="Number" type="long"/></camunda:formData>'
        '</extensionElements></startEvent><intermediateThrowEvent id="asked"><extensionElements>'
        '<camunda:properties><camunda:property name="payload.number" value="${number}"/>'
        "</camunda:properties></extensionElements>"
        '<messageEventDefinition messageRef="m_answer"/></intermediateThrowEvent>'
        '<endEvent id="e"/>' + flows("s", "asked", "e"),
        "asking",
        messages=["answer"],
    )
    office.publish(WAITING, asking)
    first, second = office.start(number=1), office.start(number=2)

    office.start("asking", number=1)

    status = {row.id: row.status for row in office.rows(instances) if row.process_key == "main"}
    assert status == {first: "completed", second: "active"}
    assert office.problems() == []


def test_a_message_carries_nothing_but_what_its_sender_declares(office: Office) -> None:
    asking = diagram(
        '<startEvent id="s"><extensionElements><camunda:formData>'
        '<camunda:formField id="number" label="Number" type="long"/>'
        '<camunda:formField id="secret" label="Secret" type="string"/></camunda:formData>'
        '</extensionElements></startEvent><intermediateThrowEvent id="asked"><extensionElements>'
        '<camunda:properties><camunda:property name="payload.number" value="${number}"/>'
        "</camunda:properties></extensionElements>"
        '<messageEventDefinition messageRef="m_answer"/></intermediateThrowEvent>'
        '<endEvent id="e"/>' + flows("s", "asked", "e"),
        "asking",
        messages=["answer"],
    )
    office.publish(WAITING, asking)
    waiting = office.start(number=1)

    office.start("asking", number=1, secret="not yours")

    told = next(row for row in office.rows(instances) if row.id == waiting)
    assert told.variables == {"number": 1}


def test_a_message_that_does_not_say_whom_it_is_for_goes_to_the_only_one_that_waits(
    office: Office,
) -> None:
    office.publish(WAITING)
    only = office.start(number=1)

    office.executor.execute(DeliverMessage("answer", office.subject), ANN)

    assert {row.id: row.status for row in office.rows(instances)} == {only: "completed"}


def test_a_message_that_could_be_for_several_asks_which(office: Office) -> None:
    office.publish(WAITING)
    office.start(number=1)
    office.start(number=2)
    before = office.everything()

    with pytest.raises(WhichOne, match="number 1; number 2"):
        office.executor.execute(DeliverMessage("answer", office.subject), ANN)

    assert office.everything() == before


@pytest.mark.parametrize(("message", "number"), [("answer", 9), ("question", 1)])
def test_a_message_that_nobody_waits_for_is_refused(
    office: Office, message: str, number: int
) -> None:
    office.publish(WAITING)
    office.start(number=1)
    before = office.everything()

    with pytest.raises(NobodyWaits, match=message):
        office.executor.execute(DeliverMessage(message, office.subject, {"number": number}), ANN)

    assert office.everything() == before


def test_a_message_that_nobody_waits_for_starts_the_process_that_begins_with_it(
    office: Office,
) -> None:
    begun = diagram(
        '<startEvent id="b"><extensionElements><camunda:formData>'
        '<camunda:formField id="number" label="Number" type="long"><camunda:validation>'
        '<camunda:constraint name="required"/></camunda:validation></camunda:formField>'
        "</camunda:formData></extensionElements>"
        '<messageEventDefinition messageRef="m_answer"/></startEvent>'
        '<userTask id="answer_it"/><endEvent id="z"/>' + flows("b", "answer_it", "z"),
        "begun",
        messages=["answer"],
    )
    office.publish(WAITING, begun)
    waiting = office.start(number=1)

    office.executor.execute(DeliverMessage("answer", office.subject, {"number": 1}), ANN)
    office.executor.execute(DeliverMessage("answer", office.subject, {"number": 7, "x": "y"}), ANN)

    found = {row.id: row for row in office.rows(instances)}
    assert found.pop(waiting).status == "completed", "who waits comes first"
    (started,) = found.values()
    assert (started.process_key, started.variables) == ("begun", {"number": 7})
    assert office.task("answer_it").status == "open"
    assert office.problems() == []
    with pytest.raises(errors.Invalid, match="accepted"):
        office.executor.execute(DeliverMessage("answer", office.subject, {"number": "?"}), ANN)
