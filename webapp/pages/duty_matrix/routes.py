"""The duties of the live diagrams, of one version and of a draft, with their gaps."""

from typing import Final
from uuid import UUID

import flask

from engine.queries import definition_list
from webapp.auth import guard
from workflows.access.people import MANAGER, OWNER
from workflows.queries.duty_matrix import duty_matrix
from workflows.store import drafts

blueprint: Final = flask.Blueprint("duty_matrix", __name__)


@blueprint.get("/diagrams/duties")
@guard.requires(OWNER, MANAGER)
def whole() -> str:
    """Show the duties of every live process."""
    with guard.system().read() as connection:
        found = duty_matrix(connection)
    return flask.render_template("duty_matrix/whole.html", processes=found)


@blueprint.get("/diagrams/<key>/<int:version>/duties")
@guard.requires(OWNER, MANAGER)
def of_version(key: str, version: int) -> str:
    """Show the duties of one version, as it stands with the other live files."""
    with guard.system().read() as connection:
        versions = definition_list.versions(connection, key)
        found = next((each for each in versions if each.version == version), None)
        if found is None or found.kind != "bpmn":
            flask.abort(404)
        data = definition_list.xml_of(connection, key, version)
        processes = duty_matrix(connection, key=key, data=data)
    return flask.render_template("duty_matrix/of_version.html", found=found, processes=processes)


@blueprint.get("/drafts/<uuid:draft_id>/duties")
@guard.requires(OWNER)
def of_draft(draft_id: UUID) -> str:
    """Show the duties of a draft, as it would stand with the live files."""
    with guard.system().read() as connection:
        draft = drafts.load(connection, draft_id)
        if draft.kind != "bpmn":
            flask.abort(404)
        processes = duty_matrix(connection, key=draft.key, data=draft.xml) if draft.key else ()
    return flask.render_template("duty_matrix/of_draft.html", draft=draft, processes=processes)
