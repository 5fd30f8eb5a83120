"""Lawful exceptions: asked for, granted or refused."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from webapp.api.v1 import door, intervention_shapes as shapes
from webapp.auth import guard
from workflows.access import record, sight
from workflows.commands.ask_exception import AskException
from workflows.commands.decide_exception import DecideException
from workflows.queries import exception_request_list as query
from workflows.queries.exception_request_list import Asked

blueprint = Blueprint("api_exceptions", __name__, description="Lawful exceptions")


@blueprint.get("/exceptions")
@blueprint.arguments(shapes.ExceptionQuery, location="query")
@blueprint.response(200, shapes.ExceptionRequestPage)
@door.for_people
def exceptions(query_: dict[str, Any]) -> Any:  # noqa: ANN401
    """List the exceptions that were asked for, the longest waiting first."""
    with guard.system().read() as connection:
        return query.exception_request_list(
            connection,
            guard.person(),
            query_["status"],
            limit=query_["limit"],
            cursor=query_["cursor"],
        )


@blueprint.get("/exceptions/<uuid:request_id>")
@blueprint.response(200, shapes.ExceptionRequest)
@door.for_people
def exception(request_id: UUID) -> Asked:
    """Return an exception that was asked for."""
    return _asked(request_id)


@blueprint.post("/cases/<uuid:case_id>/exceptions/asked")
@blueprint.arguments(shapes.ExceptionAsked)
@blueprint.response(201, shapes.ExceptionRequest)
@door.for_people
def ask_exception(body: dict[str, Any], case_id: UUID) -> Asked:
    """Ask for a lawful exception: a manager grants or refuses it."""
    command = AskException(
        case_id,
        body["duty"],
        body["ground"],
        body["from_"],
        body["to"],
        body["reason"],
        body["qualifier"],
        body["told_family_on"],
        tuple(body["documents"]),
    )
    outcome = door.execute(command)
    asked = [each for each in outcome.changes if hasattr(each, "request_id")]
    return _asked(asked[0].request_id)


@blueprint.post("/exceptions/<uuid:request_id>/decision")
@blueprint.arguments(shapes.ExceptionDecision)
@blueprint.response(200, shapes.ExceptionRequest)
@door.for_people
def decide_exception(body: dict[str, Any], request_id: UUID) -> Asked:
    """Grant or refuse an exception that was asked for."""
    door.execute(
        DecideException(
            request_id,
            granted=body["granted"],
            answer=body["answer"],
            told_family_on=body["told_family_on"],
        )
    )
    return _asked(request_id)


def _asked(request_id: UUID) -> Asked:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = query.exception_request(connection, person, request_id)
        why = sight.why_may_see(connection, person, found.case_id)
    record.record_view(
        here.engine, person, found.case_id, what="exception asked for", why=why, now=here.now()
    )
    return found
