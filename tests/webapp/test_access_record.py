"""Whoever looks at a case is in the record of access, by whatever door."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.county import County
from tests.support.pages import Visitor
from workflows.access import sign_in
from workflows.demo import organisation
from workflows.store.tables import access_record, documents

# Every door through which one case, or a part of it, is looked at.
DOORS = (
    "/cases/<uuid:case_id>",
    "/cases/<uuid:case_id>/documents/<uuid:document_id>",
    "/cases/<uuid:case_id>/documents/<uuid:document_id>/word",
    "/cases/<uuid:case_id>/documents/<uuid:document_id>/versions",
    "/cases/<uuid:case_id>/documents/<uuid:document_id>/versions/<int:version>",
    "/cases/<uuid:case_id>/decisions",
    "/cases/<uuid:case_id>/restriction",
    "/cases/<uuid:case_id>/add-document",
    "/cases/<uuid:case_id>/correct-date",
    "/cases/<uuid:case_id>/correct-details",
    "/cases/<uuid:case_id>/key-contact",
    "/cases/<uuid:case_id>/exception",
    "/cases/<uuid:case_id>/ask-exception",
    "/cases/<uuid:case_id>/escalate",
    "/cases/<uuid:case_id>/explain-delay",
    "/cases/<uuid:case_id>/withdraw",
    "/cases/<uuid:case_id>/move-away",
    "/cases/<uuid:case_id>/plan",
    "/cases/<uuid:case_id>/plan/provision",
    "/cases/<uuid:case_id>/plan/versions",
    "/cases/<uuid:case_id>/plan/compare",
    "/cases/<uuid:case_id>/plan/<section>",
    "/cases/<uuid:case_id>/plan/<section>/text",
    "/cases/<uuid:case_id>/plan/<section>/rows/<row_id>",
    "/cases/<uuid:case_id>/plan/comments/<int:number>/<section>",
    "/tasks/<uuid:task_id>",
    "/tasks/<uuid:task_id>/done",
    "/tasks/<uuid:task_id>/escalate",
    "/api/v1/cases/<uuid:case_id>",
    "/api/v1/cases/<uuid:case_id>/plan",
    "/api/v1/cases/<uuid:case_id>/decisions",
    "/api/v1/tasks/<uuid:task_id>",
    "/api/v1/instances/<uuid:instance_id>",
    "/api/v1/instances/<uuid:instance_id>/history",
)
# Starting a process on a case, tried with one that can: test_pages. A message that is waited for:
# test_messages. A preview, with a task that sends something: test_sending. What a case without a
# plan has not: test_plan_readers, test_reports. What only managers open: test_stepping_in. A glass,
# where there is one to break: test_restricted_cases. What is given to who asks: test_subject_requests.
# What is sent of a case: test_returns.
TRIED_ELSEWHERE = {
    "/returns/<int:year>/cases/<uuid:case_id>",
    "/api/v1/returns/<int:year>/cases/<uuid:case_id>",
    "/cases/<uuid:case_id>/plan/provision/<row_id>",
    "/cases/<uuid:case_id>/plan/provision/unmet/<uuid:unmet_id>",
    "/cases/<uuid:case_id>/break-glass",
    "/api/v1/cases/<uuid:case_id>/restriction",
    "/access-record/requests/<uuid:request_id>",
    "/access-record/requests/<uuid:request_id>/download",
    "/cases/<uuid:case_id>/start/<key>",
    "/cases/<uuid:case_id>/messages/<uuid:wait_id>",
    "/cases/<uuid:case_id>/plan/versions/<int:number>",
    "/cases/<uuid:case_id>/plan/<section>/rows/<row_id>/remove",
    "/tasks/<uuid:task_id>/preview/<element_id>",
    "/engine-timers/<uuid:timer_id>",
    "/engine-timers/<uuid:timer_id>/cancel",
    "/engine-timers/<uuid:timer_id>/change-date",
    "/engine-timers/<uuid:timer_id>/fire",
    "/instances/<uuid:instance_id>",
    "/instances/<uuid:instance_id>/cancel",
    "/instances/<uuid:instance_id>/move",
    "/instances/<uuid:instance_id>/restart",
    "/instances/<uuid:instance_id>/resume",
    "/instances/<uuid:instance_id>/suspend",
    "/step-in/exceptions/<uuid:request_id>",
    "/api/v1/exceptions/<uuid:request_id>",
}
# The diagram that an instance follows is the same for all cases; migrations and retries list cases
# by reference and show nothing about a child; the rest is about no case.
# Drafts are diagrams; the case of their sandbox exists nowhere else. Simulated cases are made up.
# Batches list cases by reference; absences, administration and saved views are about colleagues.
# The files of a return are on a record of their own, with whoever took them.
NO_CASES = (
    "/drafts/<uuid:draft_id>",
    "/simulations/<uuid:simulation_id>",
    "/step-in/batches/<uuid:batch_id>",
    "/api/v1/batches/<uuid:batch_id>",
    "/administration/",
    "/board/views/",
    "/returns/runs/",
    "/api/v1/returns/runs/",
    "/api/v1/webhooks/",
)
NOT_OF_A_CASE = {
    "/incidents/retries/<uuid:retry_id>",
    "/api/v1/incidents/retries/<uuid:retry_id>",
    "/cases/<uuid:case_id>/message-agency",  # leads on to a page that is on record: test_step_in
    "/diagrams/of-instance/<uuid:instance_id>/<key>",
    "/migrations/<uuid:migration_id>",
    "/migrations/<uuid:migration_id>/mapping",
    "/migrations/<uuid:migration_id>/preview",
    "/migrations/<uuid:migration_id>/start",
    "/migrations/<uuid:migration_id>/report.csv",
    "/api/v1/migrations/<uuid:migration_id>",
    "/api/v1/migrations/<uuid:migration_id>/items",
    "/api/v1/migrations/<uuid:migration_id>/preview",
    "/phased-duties/<code>/evidence/<uuid:evidence_id>",
    "/phased-duties/<code>/evidence/<uuid:evidence_id>/withdraw",
    "/transition-plan/<uuid:learner_id>",
    "/transition-plan/<uuid:learner_id>/correct",
    "/transition-plan/<uuid:learner_id>/place",
    "/transition-plan/<uuid:learner_id>/remove",
}


def records(county: County) -> list[Any]:
    with county.system.read() as connection:
        statement = sa.select(*access_record.c).order_by(access_record.c.at, access_record.c.id)
        return list(connection.execute(statement))


def address_of(door: str, county: County, case_id: UUID) -> str:
    task = county.open_tasks(case_id)[0]
    with county.system.read() as connection:
        statement = sa.select(documents.c.id).where(documents.c.case_id == case_id)
        found = connection.execute(statement.order_by(documents.c.id)).scalars().all()
    named = {"case": case_id, "task": task.id, "instance": task.instance_id, "document": found[0]}
    for what, identifier in named.items():
        door = door.replace(f"<uuid:{what}_id>", str(identifier))
    for part, value in (
        ("<section>", "f"),
        ("<row_id>", "new"),
        ("<int:number>", "0"),
        ("<int:version>", "1"),
    ):
        door = door.replace(part, value)
    return door


def answer(app: Flask, county: County, name: str, address: str) -> int:
    """Return the status that somebody gets, by the pages or with a token."""
    if address.startswith("/api/"):
        now = county.system.clock.now()
        secret = sign_in.new_token(county.system.engine, f"{name}@demo.test", now)
        headers = {"Authorization": f"Bearer {secret}"}
        return app.test_client().get(address, headers=headers).status_code
    visitor = Visitor(app)
    visitor.sign_in(name)
    return int(visitor.client.get(address).status_code)


@pytest.mark.parametrize("door", DOORS)
def test_every_look_at_a_case_is_recorded_and_one_refused_shows_nothing(
    small_county: County, app: Flask, door: str
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    address = address_of(door, small_county, case_id)

    refused = answer(app, small_county, "outsider", address)
    nobody = records(small_county)
    shown = answer(app, small_county, "casework", address)

    assert refused in {403, 404}
    assert nobody == []
    assert shown == 200
    (record,) = records(small_county)
    assert record.case_id == case_id
    assert record.person_id == organisation.person_id("casework")
    assert record.at == small_county.system.clock.now()
    assert record.what
    assert record.why


def test_no_door_to_a_case_is_left_out(app: Flask) -> None:
    found = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "<uuid:" in rule.rule
    }

    of_no_case = NOT_OF_A_CASE | {each for each in found if each.startswith(NO_CASES)}
    assert found - of_no_case - TRIED_ELSEWHERE == set(DOORS)
