"""Managers see who has how much, and do the same to many tasks."""

import re
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from engine.store.tables import outbox
from tests.support import many
from tests.support.county import County
from tests.support.many import ASHA, BRONWEN, TOM
from tests.support.pages import Visitor, read_of as text
from workflows.access.people import CASEWORK
from workflows.store.tables import access_record


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    visitor.sign_in("manager")
    return visitor


def planned(manager: Visitor, **given: Any) -> str:
    """Plan from the list of Asha’s tasks; return the address of the batch."""
    address = f"/step-in/choose?person={ASHA}"
    answer = manager.post(address, page=address, which="all", **given)
    return str(answer.headers["Location"])


def test_asha_is_ill_and_her_work_moves_and_comes_back(
    small_county: County, manager: Visitor
) -> None:
    found = many.ashas_tasks(small_county, 2)
    home = text(manager.get("/step-in"))
    assert "Asha Patel" in home

    batch = planned(manager, operation="reassign", colleague=TOM)
    preview = text(manager.get(batch))
    assert re.search(r"Asha Patel 2 0 Tom Hargreaves 0 2", preview)
    assert preview.count("Changes hands") == 2
    manager.post(f"{batch}/start", 422, reason=" ")
    manager.post(f"{batch}/start", reason="Asha is ill")
    assert "0 of 2 settled" in text(manager.get(batch))
    many.work_off(small_county)
    report = text(manager.get(batch))
    assert "2 of 2 settled" in report
    assert "Undo all" in report
    assert [many.task(small_county, each).assignee for each in found] == [TOM, TOM]

    manager.post(f"{batch}/undo")
    many.work_off(small_county)

    assert "Undone: 2" in text(manager.get(f"{batch}?status=undone"))
    assert "Asha is ill" in text(manager.get("/step-in"))
    lines = manager.get(f"{batch}/report.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 3


def test_work_is_shared_among_several(small_county: County, manager: Visitor) -> None:
    north = many.ashas_tasks(small_county, 2)
    south = many.ashas_tasks(small_county, 2, area="south")

    batch = planned(manager, operation="reassign", colleague=[TOM, BRONWEN], measure="evenly")
    manager.post(f"{batch}/start", reason="Shared")
    many.work_off(small_county)

    assert {many.task(small_county, each).assignee for each in north} == {TOM}
    assert {many.task(small_county, each).assignee for each in south} == {BRONWEN}


MISSING: tuple[tuple[dict[str, str], str], ...] = (
    ({"which": "all"}, "Select what to do"),
    ({"which": "all", "operation": "erase"}, "Select what to do"),
    ({"which": "all", "operation": "reassign"}, "Select at least one colleague"),
    ({"operation": "release"}, "Select at least one"),
    ({"operation": "release", "chosen": "x' OR 1=1"}, "Select at least one"),
)


def test_what_is_missing_is_said_and_nothing_is_planned(
    small_county: County, manager: Visitor
) -> None:
    many.ashas_tasks(small_county, 1)

    for given, words in MISSING:
        answer = manager.post("/step-in/choose", 422, page="/step-in/choose", **given)
        assert words in text(answer)

    assert "Nothing yet" in text(manager.get("/step-in"))


def test_what_is_planned_is_discarded_and_others_see_none_of_it(
    small_county: County, manager: Visitor, app: Any
) -> None:
    many.ashas_tasks(small_county, 1)
    batch = planned(manager, operation="suspend")
    casework = Visitor(app)
    casework.sign_in("casework")

    casework.get(batch, 404)
    casework.get("/step-in", 404)
    manager.get(f"{batch}?cursor=WyJ4Il0=", 422)
    manager.post(f"{batch}/undo")
    manager.post(f"{batch}/discard")

    manager.get(batch, 404)


def test_filters_narrow_the_tasks(small_county: County, manager: Visitor) -> None:
    many.ashas_tasks(small_county, 1)
    many.ashas_tasks(small_county, 1, area="south")

    assert "1 task " in text(manager.get("/step-in/choose?area=south&role=sen_casework"))
    assert "2 tasks" in text(manager.get("/step-in/choose?process=ehc_assessment&due=later"))
    assert "There are no such tasks" in text(manager.get("/step-in/choose?due=overdue"))
    assert "There are no such tasks" in text(manager.get("/step-in/choose?person=absent"))
    assert "Step in on the selected tasks" in text(manager.get("/tasks?scope=waiting"))


def test_one_enters_ones_own_absence_and_colleagues_see_it(
    small_county: County, visitor: Visitor
) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    visitor.sign_in("casework2")
    day = {"day": "9", "month": "1", "year": "2026"}
    days = {f"{name}-{part}": day[part] for name in ("from_date", "to_date") for part in day}
    wrong = visitor.post("/account/absence", 422, **days, move_open="true")
    assert "Select your deputy in SEN casework, North" in text(wrong)

    deputy = {f"deputy.sen_north.{CASEWORK}": ASHA}
    visitor.post("/account/absence", **days, move_open="true", **deputy)
    assert "Asha Patel stands in, SEN casework, North" in text(visitor.get("/account/absence"))
    small_county.pass_days(4)

    visitor.sign_in("casework")
    page = text(visitor.get(f"/tasks/{found}"))
    assert "Tom Hargreaves (away until 9 January 2026, deputy Asha Patel)" in page
    visitor.post(f"/tasks/{found}/assign", assignee=TOM)
    assert "Asha Patel stands in" in text(visitor.get(f"/tasks/{found}"))


def test_a_manager_enters_an_absence_with_a_reason_and_ends_it(manager: Visitor) -> None:
    assert "Asha Patel" in text(manager.get("/step-in/absences"))
    manager.get(f"/step-in/absences/of?person={TOM}", 303)
    address = f"/step-in/absences/{TOM}"
    day = {"day": "5", "month": "1", "year": "2026"}
    given = {f"{name}-{part}": day[part] for name in ("from_date", "to_date") for part in day}
    given |= {f"deputy.sen_north.{CASEWORK}": ASHA, "move_open": "false"}
    manager.post(address, 422, **given)
    manager.post(address, **given, reason="Ill")
    page = manager.get(address).get_data(as_text=True)
    assert "Reason: Ill" in page
    assert "Tom Hargreaves" in text(manager.get("/step-in"))

    ending = re.search(r'action="([^"]+/end)"', page)
    assert ending
    manager.post(ending[1])

    assert "Nobody is away" in text(manager.get("/step-in"))


def test_one_email_tells_an_agency_of_all_cases_and_names_no_child(
    small_county: County, manager: Visitor
) -> None:
    cases = [small_county.open_case(child_first_name="Zebedee") for _ in range(2)]
    for each in cases:
        small_county.walk(each, until="give_advice")
    address = "/message-agency?agency=health&template=expected"
    page = manager.get(address).get_data(as_text=True)
    message_id = re.search(r'name="message_id" value="([^"]+)"', page)
    assert message_id
    given: dict[str, Any] = {
        "agency": "health",
        "message_id": message_id[1],
        "case_id": [str(each) for each in cases],
        "subject": "When?",
        "text": "When will Zebedee’s advice come?",
        "recipient_checked": "yes",
    }

    wrong = manager.post("/message-agency", 422, page=address, **given)
    assert "Take out “Zebedee”" in text(wrong)
    assert "Select who it is sent to" in text(wrong)
    given |= {"text": "When will it come?", "to": "send@health.test"}
    unchecked = {**given, "recipient_checked": ""}
    manager.post("/message-agency", 422, page=address, **unchecked)
    manager.post("/message-agency", page=address, **given)
    manager.post("/message-agency", page=address, **given)  # pressed twice

    with small_county.system.read() as connection:
        sent = connection.execute(
            sa.select(outbox.c.payload).where(outbox.c.key.like("agency:%"))
        ).scalars()
        (email,) = sent
    assert email["to"] == "send@health.test"
    assert all(small_county.case(each).reference in email["text"] for each in cases)
    assert "Zebedee" not in email["text"]
    assert "Agency written to" in text(manager.get(f"/cases/{cases[0]}"))
    manager.get(f"/cases/{cases[0]}/message-agency?team=health_hub", 303)
    manager.get(f"/message-agency?case={cases[0]}&agency=health")
    manager.get(f"/message-agency?case={uuid4()}", 404)
    with small_county.system.read() as connection:
        looked = connection.execute(
            sa.select(access_record.c.case_id).where(access_record.c.what.like("form: email%"))
        ).scalars()
        assert set(looked) == {cases[0]}
