"""The record of access, for managers; reading it is on record as well."""

from typing import Any

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import door, privacy_shapes
from webapp.auth import guard
from workflows.access import record
from workflows.access.people import MANAGER
from workflows.queries.access_list import AccessFilter, access_list

blueprint = Blueprint("api_access_record", __name__, description="Record of access")


@blueprint.get("/access-record")
@blueprint.arguments(privacy_shapes.AccessQuery, location="query")
@blueprint.response(200, privacy_shapes.LookPage)
@door.for_people
def access_record(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List who looked at which case, newest first."""
    here, person = guard.system(), guard.person()
    if MANAGER not in person.roles:
        flask.abort(403, "Only a manager can read the record of access.")
    chosen = AccessFilter(
        query["person"],
        query["case"],
        query["since"],
        query["until"],
        query["page"],
        query["unusual"],
    )
    with here.read() as connection:
        found = access_list(
            connection, person, chosen, limit=query["limit"], cursor=query["cursor"]
        )
    asked = ", ".join(f"{name}: {value}" for name, value in query.items() if value)
    record.record_reading(here.engine, person, f"by API, {asked}", here.now())
    return found
