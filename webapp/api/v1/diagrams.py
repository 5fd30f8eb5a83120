"""Published diagrams, their check and their publication."""

from typing import Any

import flask
from flask_smorest import Blueprint

from engine import errors
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
    """Publish a new version, once all scenarios that it concerns go as told: new instances take it.

    Warnings of the check come with the answer.
    """
    name, data = f"{key}.xml", body["xml"].encode()
    if (found := diagram_check.key_of(data, name)) and found != key:
        raise errors.Invalid(f"The process in the file is “{found}”, not “{key}”.")
    if OWNER in guard.person().roles:
        diagram_check.refuse({name: data}, _live())
        rehearse.refuse_broken(guard.system(), {name: data})
    door.execute(PublishDefinitions({name: data}, body["reason"]))
    with guard.system().read() as connection:
        version = _version(definition_list.versions(connection, key)[0])
    return {**version, "problems": _problems(data, name)}


@blueprint.post("/diagrams/check")
@blueprint.response(200)
@door.for_people
def check() -> dict[str, Any]:
    """Check the XML in the body with all that is live; returns its problems."""
    return {"problems": _problems(flask.request.get_data(), "diagram")}


def _problems(data: bytes, name: str) -> list[dict[str, object]]:
    """Return what is wrong with a file beside everything else that is live."""
    live = _live()
    live.pop(diagram_check.key_of(data, name), None)
    return [diagram_check.as_json(each) for each in diagram_check.check(data, name, live)]


def _live() -> dict[str, bytes]:
    with guard.system().read() as connection:
        return definition_list.live(connection)


def _version(found: definition_list.Version) -> dict[str, Any]:
    return {
        "key": found.key,
        "version": found.version,
        "kind": found.kind,
        "name": found.name,
        "published_at": found.published_at.isoformat(),
        "reason": found.reason,
    }
