"""The published diagrams, to look at."""

from typing import Final
from uuid import UUID

import flask

from engine.queries import definition_list
from engine.queries.instance import instance
from webapp.auth import guard
from workflows.access import sight
from workflows.access.people import MANAGER, OWNER

blueprint: Final = flask.Blueprint("diagrams", __name__, url_prefix="/diagrams")


@blueprint.get("")
@guard.requires(OWNER, MANAGER)
def library() -> str:
    """Show every process and decision table with its versions."""
    with guard.system().read() as connection:
        found = definition_list.versions(connection)
    newest: dict[str, definition_list.Version] = {}
    for each in found:
        newest.setdefault(each.key, each)
    return flask.render_template(
        "diagrams/library.html",
        newest=list(newest.values()),
        found=found,
        can_edit=OWNER in guard.person().roles,
    )


@blueprint.get("/<key>/<int:version>")
@guard.requires(OWNER, MANAGER)
def version(key: str, version: int) -> str:
    """Show one version of a diagram."""
    with guard.system().read() as connection:
        found = next(
            (each for each in definition_list.versions(connection, key) if each.version == version),
            None,
        )
    if found is None or found.kind != "bpmn":
        flask.abort(404)
    return flask.render_template(
        "diagrams/version.html", found=found, can_edit=OWNER in guard.person().roles
    )


@blueprint.get("/<key>/<int:version>.bpmn")
@guard.requires(OWNER, MANAGER)
def file(key: str, version: int) -> flask.Response:
    """Send the file of a version."""
    with guard.system().read() as connection:
        return _xml(definition_list.xml_of(connection, key, version))


@blueprint.get("/of-instance/<uuid:instance_id>/<key>")
@guard.requires()
def of_instance(instance_id: UUID, key: str) -> flask.Response:
    """Send the diagram that an instance runs on, to whoever may see its case."""
    with guard.system().read() as connection:
        found = instance(connection, instance_id)
        sight.why_may_see(connection, guard.person(), found.subject_id)
        members = definition_list.members_of(connection, found.bundle_id)
        if key not in members:
            flask.abort(404)
        return _xml(definition_list.xml_of(connection, key, members[key]))


def _xml(data: bytes) -> flask.Response:
    return flask.Response(data, mimetype="application/xml")
