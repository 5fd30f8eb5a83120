"""Steps that failed."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from engine.changes import IncidentRaised
from engine.commands.retry_incident import RetryIncident
from webapp.api.v1 import door, intervention_shapes, shapes
from webapp.auth import guard
from workflows.commands.retry_incidents import RetryIncidents
from workflows.queries import engine_lists
from workflows.queries.incident_groups import incident_group, incident_groups
from workflows.queries.retry_progress import RetryProgress, retry_progress

blueprint = Blueprint("api_incidents", __name__, description="Incidents")


@blueprint.get("/incidents")
@blueprint.response(200, shapes.page_of(shapes.Incident))
@door.for_people
def incidents() -> dict[str, Any]:
    """List open incidents, oldest first."""
    with guard.system().read() as connection:
        found = engine_lists.incidents_seen(connection, guard.person())
    return {"items": found, "next_cursor": None}


@blueprint.get("/incidents/groups")
@blueprint.response(200, intervention_shapes.IncidentGroupPage)
@door.for_people
def groups() -> dict[str, Any]:
    """List what failed, grouped by its cause."""
    with guard.system().read() as connection:
        return {"items": incident_groups(connection, guard.person()), "next_cursor": None}


@blueprint.post("/incidents/retry")
@blueprint.arguments(intervention_shapes.RetryGroup)
@blueprint.response(202, intervention_shapes.Retry)
@door.for_people
def retry_group(body: dict[str, Any]) -> RetryProgress:
    """Try all failed steps of a group again, one by one; the answer says where to ask how it goes."""
    with guard.system().read() as connection:
        found = incident_group(connection, guard.person(), body["group"])
    command = RetryIncidents(tuple(found.incident_ids), f"{found.name}: {found.why}")
    door.execute(command)
    return _retry(command.retry_id)


@blueprint.get("/incidents/retries/<uuid:retry_id>")
@blueprint.response(200, intervention_shapes.Retry)
@door.for_people
def retry_of_group(retry_id: UUID) -> RetryProgress:
    """Return how far a retry has come, and what became of each step."""
    return _retry(retry_id)


def _retry(retry_id: UUID) -> RetryProgress:
    with guard.system().read() as connection:
        return retry_progress(connection, guard.person(), retry_id)


@blueprint.post("/incidents/<uuid:incident_id>/retry")
@blueprint.response(200)
@door.for_people
def retry(incident_id: UUID) -> dict[str, Any]:
    """Try a failed step again; tells whether it failed once more, and why."""
    outcome = door.execute(RetryIncident(incident_id))
    again = outcome.of(IncidentRaised)
    return {"resolved": not again, "message": again[0].message if again else ""}
