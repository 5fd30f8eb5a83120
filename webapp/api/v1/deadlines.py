"""Statutory deadlines."""

from typing import Any

from flask_smorest import Blueprint

from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.duties.deadlines import Status
from workflows.queries.deadline_list import DeadlineFilter, deadline_list

blueprint = Blueprint("api_deadlines", __name__, description="Statutory deadlines")


@blueprint.get("/deadlines")
@blueprint.arguments(shapes.DeadlineQuery, location="query")
@blueprint.response(200, shapes.DeadlinePage)
@door.for_people
def deadlines(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List deadlines, the soonest first."""
    chosen = DeadlineFilter(
        status=Status(query["status"]) if query["status"] else None,
        duty=query["duty"],
        process=query["process"],
        agency=query["agency"],
        team=query["team"],
        due_before=query["due_before"],
        area=query["area"],
        standing=query["standing"],
        age=query["age"],
        month=query["month"].replace(day=1) if query["month"] else None,
        since=query["since"],
        reason=query["reason"],
        exception=query["exception"],
        sort=query["sort"],
    )
    here = guard.system()
    with here.read() as connection:
        return deadline_list(
            connection,
            guard.person(),
            chosen,
            now=here.now(),
            limit=query["limit"],
            cursor=query["cursor"],
        )
