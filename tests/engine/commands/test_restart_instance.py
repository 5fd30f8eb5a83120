"""An instance is ended and its process begun again with the answers of before."""

import pytest

from engine import errors
from engine.commands.restart_instance import CannotBegin, RestartInstance
from engine.commands.suspend_instance import SuspendInstance
from engine.store.tables import history, instances, tasks, timers
from engine.unit_of_work import Ended, Suspended
from tests.support.diagrams import diagram, flows
from tests.support.moving import END, boundary, task, timer
from tests.support.office import ANN, Office


def asking(*fields: str, more: str = "") -> bytes:
    """Return a process that begins with a form of texts."""
    form = "".join(
        f'<camunda:formField id="{each}" label="{each}" type="string"><camunda:validation>'
        '<camunda:constraint name="required" config="true"/></camunda:validation>'
        "</camunda:formField>"
        for each in fields
    )
    return diagram(
        f'<startEvent id="start"><extensionElements><camunda:formData>{form}</camunda:formData>'
        "</extensionElements></startEvent>"
        + task("work")
        + task("more")
        + END
        + flows("start", "work", "more", "end")
        + boundary("chase", "work", timer("timeDuration", "P2W"))
        + more
    )


def test_it_begins_again_with_the_answers_of_before(office: Office) -> None:
    office.publish(asking("who"))
    first = office.start(who="Mia")
    office.complete("work", answer="A try")

    command = RestartInstance(first, "The wrong way was taken")
    office.executor.execute(command, ANN)

    found = {row.id: row for row in office.rows(instances)}
    assert (found[first].status, found[first].reason) == ("cancelled", "The wrong way was taken")
    begun = found[command.new_instance_id]
    assert (begun.status, begun.variables, begun.subject_id) == (
        "active",
        {"who": "Mia"},
        found[first].subject_id,
    )
    assert office.task("work").instance_id == begun.id
    assert [row.status for row in office.rows(tasks, instance_id=first, element_id="more")] == [
        "cancelled"
    ]
    assert [row.instance_id for row in office.rows(timers, status="waiting")] == [begun.id]
    assert office.problems() == []


def test_it_begins_on_the_version_that_is_live_now(small_office: Office) -> None:
    small_office.publish(asking("who"))
    first = small_office.start(who="Mia")
    small_office.publish(asking("who", more=task("beside")))

    small_office.executor.execute(RestartInstance(first, "The diagram was mended"), ANN)

    assert sorted(row.version for row in small_office.rows(instances)) == [1, 2]
    (entry,) = small_office.rows(history, kind="InstanceRestarted")
    assert (entry.actor_id, entry.body["reason"]) == ("ann", "The diagram was mended")


def test_it_does_not_begin_where_it_asks_for_more_now(small_office: Office) -> None:
    small_office.publish(asking("who"))
    first = small_office.start(who="Mia")
    small_office.publish(asking("who", "why"))
    before = small_office.everything()

    with pytest.raises(CannotBegin, match="with the answers of before"):
        small_office.executor.execute(RestartInstance(first, "The diagram was mended"), ANN)

    assert small_office.everything() == before


def test_only_a_running_process_begins_again_and_with_a_reason(small_office: Office) -> None:
    small_office.publish(asking("who"))
    first = small_office.start(who="Mia")

    with pytest.raises(errors.Invalid, match="Give a reason"):
        small_office.executor.execute(RestartInstance(first, ""), ANN)
    small_office.executor.execute(SuspendInstance(first, "A pause"), ANN)
    with pytest.raises(Suspended):
        small_office.executor.execute(RestartInstance(first, "Again"), ANN)

    second = small_office.start(who="Leo")
    small_office.executor.execute(RestartInstance(second, "Again"), ANN)
    with pytest.raises(Ended):
        small_office.executor.execute(RestartInstance(second, "And again"), ANN)
