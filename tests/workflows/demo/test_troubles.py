"""What the demo lets fail is mended by trying again."""

import sqlalchemy as sa

from engine.commands.retry_incident import RetryIncident
from engine.store.tables import incidents, tasks
from tests.support.county import County
from workflows.demo import organisation, troubles
from workflows.store.tables import delay_reasons


def test_notices_that_failed_go_out_when_they_are_tried_again(small_county: County) -> None:
    case_id = small_county.open_case()
    with troubles.outage(small_county.system):
        small_county.complete(case_id, "register_request")
    with small_county.system.read() as connection:
        (incident,) = connection.execute(
            sa.select(incidents.c.id, incidents.c.message).where(incidents.c.subject_id == case_id)
        )
    before = troubles.failed(small_county.system)

    small_county.system.execute(RetryIncident(incident.id), small_county.person("manager"))

    assert "document store did not answer" in incident.message
    assert (before, troubles.failed(small_county.system)) == (1, 0)
    assert {each.element_id for each in small_county.open_tasks(case_id)} >= {"give_views"}
    assert small_county.problems() == []


def test_who_is_away_has_taken_tasks_and_delays_have_reasons(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.pass_days(50)

    troubles.take_work(small_county.system, small_county.person("casework2"))
    troubles.explain(small_county.system, small_county.person("casework"))

    with small_county.system.read() as connection:
        taken = connection.execute(
            sa.select(tasks.c.subject_id).where(
                tasks.c.assignee == organisation.person_id("casework2")
            )
        ).scalars()
        assert list(taken) == [case_id]
        reasons = connection.execute(sa.select(delay_reasons.c.duty)).scalars().all()
    assert reasons == ["assessment.decision"]
