"""Published diagrams, their check and their publication."""

from typing import Any

import flask
from flask_smorest import Blueprint

from engine.commands.publish_definitions import PublishDefinitions
from engine.queries import definition_list
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows import diagram_check
from workflows.access.people import OWNER
from workflows.sandbox import rehearse

blueprint = Blueprint("api_diagrams", __name__, description="Diagrams")


@blueprint.get("/diagrams")
@blueprint.response(200)
@door.for_people
def diagrams() -> dict[str, Any]:
    """List every file with its live version."""
    with guard.system().read() as connection:
        newest: dict[str, dict[str, Any]] = {}
        for each in definition_list.versions(connection):
            newest.setdefault(each.key, _version(each))
    return {"items": list(newest.values()), "next": None}


@blueprint.get("/diagrams/<key>/versions")
@blueprint.response(200)
@door.for_people
def versions(key: str) -> dict[str, Any]:
    """List the versions of a file, newest first."""
    with guard.system().read() as connection:
        found = definition_list.versions(connection, key)
    if not found:
        flask.abort(404, "There is no such diagram.")
    return {"items": [_version(each) for each in found], "next": None}


@blueprint.get("/diagrams/<key>/versions/<int:version>")
@blueprint.response(200)
@door.for_people
def version(key: str, version: int) -> flask.Response:
    """Return the XML of a version."""
    with guard.system().read() as connection:
        data = definition_list.xml_of(connection, key, version)
    return flask.Response(data, mimetype="application/xml")


@blueprint.post("/diagrams/<key>/versions")
@blueprint.arguments(shapes.Publication)
@blueprint.response(201)
@door.for_people
def publish(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Publish a new version, once all scenarios that it concerns go as told: new instances take it."""
    files = {f"{key}.bpmn": body["xml"].encode()}
    if OWNER in guard.person().roles:
        change = rehearse.change_of(guard.system(), files)
        rehearse.refuse_broken(guard.system(), change)
    door.execute(PublishDefinitions(files, body["reason"]))
    with guard.system().read() as connection:
        return _version(definition_list.versions(connection, key)[0])


@blueprint.post("/diagrams/check")
@blueprint.response(200)
@door.for_people
def check() -> dict[str, Any]:
    """Check the XML in the body; returns its problems."""
    found = diagram_check.check(flask.request.get_data(), "diagram")
    return {"problems": [diagram_check.as_json(each) for each in found]}


def _version(found: definition_list.Version) -> dict[str, Any]:
    return {
        "key": found.key,
        "version": found.version,
        "kind": found.kind,
        "name": found.name,
        "published_at": found.published_at.isoformat(),
        "reason": found.reason,
    }
