"""A process is started on a case that is there; one about a new child is not."""

import pytest

from engine.commands.publish_definitions import PublishDefinitions
from engine.commands.start_process import NoSuchProcess
from engine.ports import SYSTEM
from tests.support.county import County
from tests.support.diagrams import diagram, flows
from workflows.commands.start_on_case import OpensItsOwnCase, StartOnCase

PLAIN = diagram(
    '<startEvent id="asked"/><userTask id="talk" camunda:candidateGroups="sen_casework">'
    '<extensionElements><camunda:properties><camunda:property name="no_form" value="A talk."/>'
    "</camunda:properties></extensionElements></userTask>"
    '<endEvent id="talked"/>' + flows("asked", "talk", "talked"),
    "talking",
)


def test_a_second_process_runs_on_the_same_case(county: County) -> None:
    county.system.execute(PublishDefinitions({"talking.bpmn": PLAIN}, "A test"), SYSTEM)
    case_id = county.open_case()

    county.system.execute(StartOnCase("talking", case_id, {}), county.person("casework"))

    open_tasks = {row.element_id for row in county.open_tasks(case_id)}
    assert {"talk", "register_request"} <= open_tasks
    assert county.problems() == []


def test_a_process_that_opens_a_case_is_not_started_on_one(small_county: County) -> None:
    case_id = small_county.open_case()
    casework, before = small_county.person("casework"), small_county.everything()

    with pytest.raises(OpensItsOwnCase):
        small_county.system.execute(StartOnCase("ehc_assessment", case_id, {}), casework)
    with pytest.raises(NoSuchProcess):
        small_county.system.execute(StartOnCase("nothing", case_id, {}), casework)

    assert small_county.everything() == before
