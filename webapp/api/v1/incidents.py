"""Steps that failed."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from engine.changes import IncidentRaised
from engine.commands.retry_incident import RetryIncident
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.queries import engine_lists

blueprint = Blueprint("api_incidents", __name__, description="Incidents")


@blueprint.get("/incidents")
@blueprint.response(200, shapes.page_of(shapes.Incident))
@door.for_people
def incidents() -> dict[str, Any]:
    """List open incidents, oldest first."""
    with guard.system().read() as connection:
        found = engine_lists.incidents_seen(connection, guard.person())
    return {"items": found, "next_cursor": None}


@blueprint.post("/incidents/<uuid:incident_id>/retry")
@blueprint.response(200)
@door.for_people
def retry(incident_id: UUID) -> dict[str, Any]:
    """Try a failed step again; tells whether it failed once more, and why."""
    outcome = door.execute(RetryIncident(incident_id))
    again = outcome.of(IncidentRaised)
    return {"resolved": not again, "message": again[0].message if again else ""}
