"""Cases, with what is done to them besides their tasks."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.access import record
from workflows.commands.choose_key_contact import ChooseKeyContact
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.record_exception import RecordException
from workflows.queries import case_list as list_query, case_page, decision_list

blueprint = Blueprint("api_cases", __name__, description="Cases")


@blueprint.get("/cases")
@blueprint.arguments(shapes.CaseQuery, location="query")
@blueprint.response(200, shapes.CasePage)
@door.for_people
def cases(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List the cases that one may see, newest first."""
    chosen = list_query.CaseFilter(
        query["q"],
        query["status"],
        query["outcome"],
        query["area"],
        query["contact"],
        query["team"],
    )
    with guard.system().read() as connection:
        return list_query.case_list(
            connection, guard.person(), chosen, limit=query["limit"], cursor=query["cursor"]
        )


@blueprint.get("/cases/<uuid:case_id>")
@blueprint.response(200)
@door.for_people
def case(case_id: UUID) -> dict[str, Any]:
    """Return a case: facts, deadlines, instances, tasks, documents, parties."""
    return _case(case_id)


@blueprint.get("/cases/<uuid:case_id>/decisions")
@blueprint.response(200, shapes.Decision(many=True))
@door.for_people
def case_decisions(case_id: UUID) -> Any:  # noqa: ANN401
    """List the decisions on a case, newest first: test, reasons, and the document versions seen."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        found = decision_list.decision_list(connection, person, case_id)
    record.record_view(here.engine, person, case_id, what="decision record", why=found.why, now=now)
    return list(found.decisions)


@blueprint.put("/cases/<uuid:case_id>/key-contact")
@blueprint.arguments(shapes.KeyContactIn)
@blueprint.response(200)
@door.for_people
def choose_key_contact(body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Choose the key contact of a case."""
    door.execute(ChooseKeyContact(case_id, body["person"]))
    return _case(case_id)


@blueprint.post("/cases/<uuid:case_id>/facts")
@blueprint.arguments(shapes.FactIn)
@blueprint.response(201)
@door.for_people
def add_fact(body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Add or correct a fact; deadlines and timers follow."""
    door.execute(
        CorrectFact(
            case_id, body["code"], body["date"], body["reason"], body["qualifier"], body["outcome"]
        )
    )
    return _case(case_id)


@blueprint.post("/cases/<uuid:case_id>/exceptions")
@blueprint.arguments(shapes.ExceptionIn)
@blueprint.response(201)
@door.for_people
def add_exception(body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Record a lawful exception."""
    door.execute(
        RecordException(
            case_id,
            body["duty"],
            body["ground"],
            body["from_"],
            body["to"],
            body["reason"],
            body["qualifier"],
            body["told_family_on"],
        )
    )
    return _case(case_id)


def _case(case_id: UUID) -> dict[str, Any]:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = case_page.case_page(connection, person, case_id, now=here.now())
    record.record_view(here.engine, person, case_id, what="case", why=page.why, now=here.now())
    return {**_about(page.case), **_lists(page)}


def _about(row: Any) -> dict[str, Any]:  # noqa: ANN401 (a row)
    names = (
        "reference",
        "child_first_name",
        "child_last_name",
        "area",
        "stage",
        "status",
        "outcome",
        "key_contact",
    )
    return {
        "id": str(row.id),
        "child_date_of_birth": row.child_date_of_birth.isoformat(),
        "setting": row.setting_id,
        **{name: getattr(row, name) for name in names},
    }


def _lists(page: case_page.CasePage) -> dict[str, Any]:
    return {
        "facts": [
            {
                "code": each.code,
                "qualifier": each.qualifier,
                "outcome": each.outcome,
                "date": each.on.isoformat(),
                "current": each.current,
                "reason": each.reason,
            }
            for each in page.facts
        ],
        "deadlines": shapes.Deadline(many=True).dump(page.deadlines),
        "instances": shapes.InstanceOfCase(many=True).dump(page.instances),
        "tasks": shapes.Task(many=True).dump(page.tasks),
        "documents": shapes.Document(many=True).dump(page.documents),
        "parties": [{"name": each.name, "kind": each.kind} for each in page.parties],
    }
