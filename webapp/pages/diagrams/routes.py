"""The library: every process and decision table with its versions, to look at and to take away."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine.definitions import xml
from engine.queries import definition_list
from engine.queries.instance import instance
from webapp.auth import guard
from workflows.access import sight
from workflows.access.people import MANAGER, OWNER
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.comparison import decision_tables
from workflows.queries.diagram_library import diagram_library
from workflows.queries.diagram_versions import DiagramVersions, NoSuchDiagram, diagram_versions

blueprint: Final = flask.Blueprint("diagrams", __name__, url_prefix="/diagrams")
MEDIA_TYPE: Final = "application/xml"


@blueprint.get("")
@guard.requires(OWNER, MANAGER)
def library() -> str:
    """Show every process and decision table, with drafts and running cases."""
    with guard.system().read() as connection:
        found = diagram_library(connection)
    return flask.render_template("diagrams/library.html", found=found, can_edit=_can_edit())


@blueprint.get("/<key>")
@guard.requires(OWNER, MANAGER)
def versions(key: str) -> str:
    """Show the versions of a process or decision table: who changed what, when and why."""
    return flask.render_template(
        "diagrams/versions.html", found=_versions(key), can_edit=_can_edit()
    )


@blueprint.get("/<key>/<int:version>")
@guard.requires(OWNER, MANAGER)
def version(key: str, version: int) -> str:
    """Show one version: the diagram, or the decision table as a table."""
    found = _versions(key)
    with guard.system().read() as connection:
        data = definition_list.xml_of(connection, key, version)
    tables = decision_tables.read(xml.parse(data, name=key)) if found.kind == "dmn" else ()
    return flask.render_template(
        "diagrams/version.html",
        found=found,
        version=found.version(version),
        tables=tables,
        can_edit=_can_edit(),
    )


@blueprint.get("/<key>/<int:version>.bpmn")
@blueprint.get("/<key>/<int:version>.dmn", endpoint="decision_file")
@guard.requires(OWNER, MANAGER)
def file(key: str, version: int) -> flask.Response:
    """Send the file of a version, named as its process and its number."""
    kind = flask.request.path.rpartition(".")[2]
    with guard.system().read() as connection:
        data = definition_list.xml_of(connection, key, version)
    if xml.kind_of(xml.parse(data, name=key)) != kind:
        raise NoSuchDiagram("There is no such file.")
    answer = flask.Response(data, mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "inline", filename=f"{key}-{version}.{kind}")
    return answer


@blueprint.post("/<key>/<int:version>/restore")
@guard.requires(OWNER)
def restore(key: str, version: int) -> Response:
    """Begin a draft that brings an earlier version back, over the one that is live now.

    It is published as every draft is, so that the check, the scenarios and the approval hold for it
    as well, and nothing is overwritten.
    """
    live = _versions(key).live.version
    with guard.system().read() as connection:
        data = definition_list.xml_of(connection, key, version)
    command = CreateDiagramDraft(data, based_on=live)
    guard.system().execute(command, guard.person())
    page = flask.url_for("publishing.show", draft_id=command.draft_id, back_to=version)
    return flask.redirect(page, 303)


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
        data = definition_list.xml_of(connection, key, members[key])
    return flask.Response(data, mimetype=MEDIA_TYPE)


def _versions(key: str) -> DiagramVersions:
    with guard.system().read() as connection:
        return diagram_versions(connection, key)


def _can_edit() -> bool:
    return OWNER in guard.person().roles
