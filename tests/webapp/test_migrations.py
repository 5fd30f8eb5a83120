"""Process owners move running cases: choose, map, see beforehand, start, undo and report."""

import re
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from engine.commands.publish_definitions import PublishDefinitions
from engine.store.tables import instances, tasks, timers
from engine.worker.migrations import carry_on
from tests.support.county import County
from tests.support.pages import Visitor
from workflows import bootstrap
from workflows.store.tables import deadlines

ASSESSMENT = bootstrap.DIAGRAMS / "ehc_assessment.bpmn"
STEP = "Check with the virtual school head"


def with_new_step(data: bytes) -> bytes:
    """Return the assessment with a step between the panel's decision and what follows it."""
    text = data.decode()
    flow = re.search(r'<(\w+:)?sequenceFlow id="([^"]+)" sourceRef="decide_to_assess"[^>]*?>', text)
    assert flow
    prefix, target = flow[1] or "", re.search(r'targetRef="([^"]+)"', flow[0])
    assert target
    step = (
        f'<{prefix}userTask id="check_virtual_school" name="{STEP}"'
        f' camunda:candidateGroups="sen_casework"><{prefix}extensionElements>'
        '<camunda:formData><camunda:formField id="virtual_school_says" type="string"'
        ' label="What the virtual school head says"/></camunda:formData>'
        f"</{prefix}extensionElements></{prefix}userTask>"
        f'<{prefix}sequenceFlow id="from_virtual_school" sourceRef="check_virtual_school"'
        f' targetRef="{target[1]}"/>'
    )
    changed = flow[0].replace(f'targetRef="{target[1]}"', 'targetRef="check_virtual_school"')
    drawn = (
        '<bpmndi:BPMNShape id="drawn_step" bpmnElement="check_virtual_school">'
        '<dc:Bounds x="1200" y="-120" width="100" height="80"/></bpmndi:BPMNShape>'
        '<bpmndi:BPMNEdge id="drawn_flow" bpmnElement="from_virtual_school">'
        '<di:waypoint x="1300" y="-80"/><di:waypoint x="1400" y="-80"/></bpmndi:BPMNEdge>'
        "</bpmndi:BPMNPlane>"
    )
    text = text.replace("</bpmndi:BPMNPlane>", drawn, 1)
    return text.replace(flow[0], step + changed).encode()


def publish(county: County, data: bytes) -> None:
    command = PublishDefinitions({"ehc_assessment.bpmn": data}, "A new step")
    county.system.execute(command, county.person("owner"))


def renamed(data: bytes) -> bytes:
    return data.replace(b"decide_to_assess", b"panel_decides")


@pytest.fixture
def owner(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in("owner")
    return visitor


def plan(owner: Visitor, **given: str) -> str:
    given = {"source": "ehc_assessment:1", "to": "", "which": "all", "references": "", **given}
    answer = owner.post("/migrations", page="/migrations/new", **given)
    return str(answer.headers["Location"]).removesuffix("/mapping")


def clocks(county: County) -> Any:
    with county.system.read() as connection:
        return (
            connection.execute(
                sa.select(deadlines.c.case_id, deadlines.c.duty, deadlines.c.due).order_by(
                    *deadlines.primary_key.columns
                )
            ).all(),
            connection.execute(
                sa.select(timers.c.id, timers.c.due_at, timers.c.status, timers.c.set_at).order_by(
                    timers.c.id
                )
            ).all(),
            connection.execute(
                sa.select(tasks.c.id, tasks.c.name, tasks.c.assignee, tasks.c.due_at).order_by(
                    tasks.c.id
                )
            ).all(),
        )


def versions(county: County, case_id: UUID) -> list[int]:
    with county.system.read() as connection:
        statement = sa.select(instances.c.version).where(instances.c.subject_id == case_id)
        return list(connection.execute(statement.order_by(instances.c.id)).scalars())


def test_fifty_cases_move_to_the_assessment_with_a_new_step_and_keep_their_clocks(
    small_county: County, owner: Visitor
) -> None:
    cases = [small_county.open_case() for _ in range(50)]
    small_county.walk(cases[0], until="give_views")
    small_county.walk(cases[1], until="decide_on_plan")
    small_county.walk(cases[2], until="decide_to_assess")
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    before = clocks(small_county)

    address = plan(owner)
    mapping = owner.get(f"{address}/mapping").get_data(as_text=True)
    preview = owner.get(f"{address}/preview").get_data(as_text=True)
    unmoved = clocks(small_county)
    owner.post(f"{address}/start", page=f"{address}/start", reason="Looked-after children")
    under_way = owner.get(address).get_data(as_text=True)
    moved = carry_on(small_county.system.executor, seconds=60)
    done = owner.get(address).get_data(as_text=True)

    assert "check_virtual_school" in mapping
    assert preview.count("Moves, nothing changes for it") >= 50
    assert "Cannot move" not in preview
    assert unmoved == before
    assert "Under way" in under_way
    assert moved == 50
    assert "50 of 50 cases settled" in done
    assert clocks(small_county) == before
    assert small_county.problems() == []
    small_county.walk(cases[2], until="check_virtual_school")
    assert STEP in {each.name for each in small_county.open_tasks(cases[2])}
    assert versions(small_county, cases[2]) == [2]
    visitor = owner
    assert "moved-cases.csv" in visitor.get(f"{address}/report.csv").headers["Content-Disposition"]


def test_a_renamed_step_is_mapped_by_hand(small_county: County, owner: Visitor) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    before = clocks(small_county)
    data = renamed(ASSESSMENT.read_bytes()).replace(
        b'name="Decide whether to assess"', b'name="Decide"'
    )
    publish(small_county, data)

    address = plan(owner)
    first = owner.get(f"{address}/preview").get_data(as_text=True)
    owner.post(
        f"{address}/mapping",
        page=f"{address}/mapping",
        **{"to.decide_to_assess": "panel_decides"},
    )
    second = owner.get(f"{address}/preview").get_data(as_text=True)
    owner.post(f"{address}/start", page=f"{address}/start", reason="A shorter name")
    carry_on(small_county.system.executor)

    assert "Cannot move" in first
    assert "Decide whether to assess” is at" in first or "which leads nowhere" in first
    assert "Decide whether to assess becomes Decide" in " ".join(second.split())
    now = {each.element_id for each in small_county.open_tasks(case_id)}
    assert "panel_decides" in now
    assert [row[1:] for row in clocks(small_county)[1]] == [row[1:] for row in before[1]]


def test_only_cases_that_are_named_move(small_county: County, owner: Visitor) -> None:
    one, other = small_county.open_case(), small_county.open_case()
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    reference = small_county.case(one).reference

    unknown = owner.post(
        "/migrations",
        page="/migrations/new",
        status=422,
        source="ehc_assessment:1",
        to="",
        which="chosen",
        references="EHC-1999-1",
    )
    address = plan(owner, which="chosen", references=reference)
    owner.post(f"{address}/start", page=f"{address}/start", reason="One first")
    carry_on(small_county.system.executor)

    assert "EHC-1999-1" in unknown.get_data(as_text=True)
    assert (versions(small_county, one), versions(small_county, other)) == ([2], [1])


def test_a_migration_is_stopped_resumed_and_undone(small_county: County, owner: Visitor) -> None:
    case_id = small_county.open_case()
    before = clocks(small_county)
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    address = plan(owner)
    owner.post(f"{address}/start", page=f"{address}/start", status=422, reason=" ")
    owner.post(f"{address}/start", page=f"{address}/start", reason="Try")

    owner.post(f"{address}/stop", page=address)
    carry_on(small_county.system.executor)
    stopped = versions(small_county, case_id)
    owner.post(f"{address}/resume", page=address)
    carry_on(small_county.system.executor)
    resumed = versions(small_county, case_id)
    page = owner.get(address).get_data(as_text=True)
    one = re.search(rf'action="({address}/undo/[^"]+)"', page)
    assert one
    owner.post(one[1], page=address)

    assert (stopped, resumed, versions(small_county, case_id)) == ([1], [2], [1])
    assert clocks(small_county) == before
    assert "Moved back" in owner.get(address).get_data(as_text=True)


def test_a_plan_is_discarded(small_county: County, owner: Visitor) -> None:
    small_county.open_case()
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    address = plan(owner)

    owner.post(f"{address}/discard", page=address)

    owner.get(address, status=404)
    assert "No cases have been moved yet" in owner.get("/migrations").get_data(as_text=True)


def test_nothing_to_move_and_no_such_version_are_said(small_county: County, owner: Visitor) -> None:
    small_county.open_case()
    given = {"source": "ehc_assessment:1", "which": "all", "references": ""}

    for target, status, words in (
        ("", 422, "No running case is on that version"),
        ("77", 404, "no such version"),
        ("seven", 422, "number of a version"),
    ):
        answer = owner.post(
            "/migrations", page="/migrations/new", status=status, to=target, **given
        )
        assert words in answer.get_data(as_text=True)


def test_a_manager_looks_and_moves_nothing(
    small_county: County, app: Flask, owner: Visitor
) -> None:
    small_county.open_case()
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    address = plan(owner)
    manager = Visitor(app)
    manager.sign_in("manager")

    for page in ("/migrations", address, f"{address}/mapping", f"{address}/preview"):
        manager.get(page)
    manager.get("/migrations/new", status=404)
    manager.post(f"{address}/discard", status=404)
    other = Visitor(app)
    other.sign_in("casework")
    other.get(address, status=404)


def test_a_page_about_a_migration_has_no_childs_name(small_county: County, owner: Visitor) -> None:
    small_county.open_case(child_first_name="Zebedee", child_last_name="Quill")
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    address = plan(owner)
    owner.post(f"{address}/start", page=f"{address}/start", reason="Try")
    carry_on(small_county.system.executor)

    for page in (address, f"{address}/mapping", f"{address}/preview", f"{address}/report.csv"):
        text = owner.get(page).get_data(as_text=True)
        assert "Zebedee" not in text
        assert "Quill" not in text


def test_history_of_the_case_says_that_it_moved(
    small_county: County, owner: Visitor, app: Flask
) -> None:
    case_id = small_county.open_case()
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    address = plan(owner)
    owner.post(f"{address}/start", page=f"{address}/start", reason="Looked-after children")
    carry_on(small_county.system.executor)
    casework = Visitor(app)
    casework.sign_in("casework")

    text = casework.get(f"/cases/{case_id}").get_data(as_text=True)

    assert "Moved to version 2 of the process" in text
    assert "Looked-after children" in text
