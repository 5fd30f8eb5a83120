"""Agencies, people and closures, for administrators."""

import datetime as dt
from typing import Any

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import administration_shapes as shapes, door
from webapp.auth import guard
from webapp.settings import Settings
from workflows.access.people import ADMIN
from workflows.agencies.details import AgencyDetails
from workflows.commands.add_agency import AddAgency
from workflows.commands.add_person import AddPerson
from workflows.commands.change_closures import ChangeClosures
from workflows.policy.refusal import NotAllowed
from workflows.queries import agency_list, people_list
from workflows.queries.people_list import PeopleFilter
from workflows.store import closures

blueprint = Blueprint("api_administration", __name__, description="Agencies, people, closures")


def refuse_others() -> None:
    """Refuse whoever is no administrator.

    Raises:
        NotAllowed: they are not.
    """
    if ADMIN not in guard.person().roles:
        raise NotAllowed("Only an administrator can do that.")


@blueprint.get("/agencies")
@blueprint.response(200, shapes.AgencyPage)
@door.for_people
def agencies() -> dict[str, Any]:
    """List all agencies with their teams, by name; closed ones too."""
    refuse_others()
    with guard.system().read() as connection:
        found = agency_list.agency_list(connection)
    return {"items": found.agencies, "next_cursor": None}


@blueprint.post("/agencies")
@blueprint.arguments(shapes.NewAgency)
@blueprint.response(201)
@door.for_people
def add_agency(body: dict[str, Any]) -> dict[str, str]:
    """Add an agency; a setting gets its team at once."""
    door.execute(AddAgency(AgencyDetails(**body)))
    return {"name": body["name"]}


@blueprint.get("/people")
@blueprint.arguments(shapes.PeopleQuery, location="query")
@blueprint.response(200, shapes.AdministeredPersonPage)
@door.for_people
def people(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List people by name."""
    refuse_others()
    chosen = PeopleFilter(query["q"], query["role"], query["team"], query["state"])
    with guard.system().read() as connection:
        return people_list.people_list(
            connection, chosen, limit=query["limit"], cursor=query["cursor"]
        )


@blueprint.post("/people")
@blueprint.arguments(shapes.NewPerson)
@blueprint.response(201)
@door.for_people
def add_person(body: dict[str, Any]) -> dict[str, str]:
    """Add a person, and invite them by email."""
    settings: Settings = flask.current_app.extensions["settings"]
    held = tuple((each["team"], each["role"]) for each in body["roles"])
    command = AddPerson(body["email"], body["name"], held, f"{settings.site_url}/invitation/")
    door.execute(command)
    return {"id": command.person_id}


@blueprint.get("/closures")
@blueprint.arguments(shapes.ClosureQuery, location="query")
@blueprint.response(200, shapes.ClosurePage)
@door.for_people
def closed_days(query: dict[str, Any]) -> dict[str, Any]:
    """List the days of a year on which the authority is closed, besides bank holidays."""
    refuse_others()
    first, last = dt.date(query["year"], 1, 1), dt.date(query["year"], 12, 31)
    with guard.system().read() as connection:
        found = closures.names(connection, first, last)
    return {
        "items": [{"day": day, "name": name} for day, name in found.items()],
        "next_cursor": None,
    }


@blueprint.post("/closures")
@blueprint.arguments(shapes.NewClosure)
@blueprint.response(202)
@door.for_people
def change_closures(body: dict[str, Any]) -> dict[str, str]:
    """Close the authority on some days, or open it again; a worker then moves time limits."""
    command = ChangeClosures(**body)
    door.execute(command)
    return {"id": str(command.change_id)}
