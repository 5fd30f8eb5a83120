"""Whoever answers for a case is told that it needs them: on record, and without the child's name."""

import pytest
import sqlalchemy as sa

from engine import errors
from engine.store.tables import outbox
from tests.support.county import County
from workflows.access.reachable import reachable
from workflows.commands.escalate_case import EscalateCase, NotReachable
from workflows.queries.timeline import timeline

SITE = "https://ehcflow.test"


def test_an_agency_is_told_of_a_task_of_its_own(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_setting_information")
    casework = small_county.person("casework")
    task = next(
        each for each in small_county.open_tasks(case_id) if each.role == "education_setting"
    )
    with small_county.system.read() as connection:
        found = reachable(connection, case_id)
    school = next(each for each in found if "Aidan" in each.name)

    command = EscalateCase(case_id, school.id, "We need it by Friday.", SITE, task.id)
    small_county.system.execute(command, casework)

    with small_county.system.read() as connection:
        row = connection.execute(
            sa.select(outbox.c.payload).where(outbox.c.key == f"escalation:{command.escalation_id}")
        ).one()
        (event, *_) = timeline(connection, casework, case_id).items
    text = f"{row.payload['subject']} {row.payload['text']}"
    assert row.payload["to"] == school.email
    assert "We need it by Friday." in text
    assert f"{SITE}/tasks/{task.id}" in text
    assert small_county.case(case_id).reference in text
    assert "Ada" not in text
    assert "Example" not in text
    assert event.title == f"Escalated to {school.name}"
    assert "We need it by Friday." in event.detail
    assert small_county.problems() == []


def test_managers_can_be_told_of_a_case(small_county: County) -> None:
    case_id = small_county.open_case()

    with small_county.system.read() as connection:
        found = reachable(connection, case_id)

    manager = small_county.person("manager")
    assert f"person:{manager.id}" in {each.id for each in found}
    assert not any("family" in each.id or "parent" in each.id for each in found)


@pytest.mark.parametrize(
    ("to", "reason", "refusal"),
    [("person:nobody", "Please help.", NotReachable), ("agency:x", "Please.", NotReachable)],
)
def test_nobody_else_is_written_to(
    small_county: County, to: str, reason: str, refusal: type[errors.Refused]
) -> None:
    case_id = small_county.open_case()

    with pytest.raises(refusal):
        small_county.system.execute(
            EscalateCase(case_id, to, reason, SITE), small_county.person("casework")
        )
    with pytest.raises(errors.Invalid, match="Give a reason"):
        small_county.system.execute(
            EscalateCase(case_id, to, " ", SITE), small_county.person("casework")
        )
    assert small_county.happened(case_id, "CaseEscalated") == []
