"""Drafts: begun from a version or a file, opened in the studio, saved as they are drawn, discarded."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.queries import definition_list
from webapp.auth import guard
from webapp.pages.drafts import presence
from workflows.access.people import OWNER
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.commands.discard_diagram_draft import DiscardDiagramDraft
from workflows.commands.save_diagram_draft import SaveDiagramDraft
from workflows.store import drafts

blueprint: Final = flask.Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.post("")
@guard.requires(OWNER)
def create() -> Response:
    """Begin a draft from a published version (`key`, `version`)."""
    key, version = flask.request.form.get("key", ""), _number("version")
    with guard.system().read() as connection:
        data = definition_list.xml_of(connection, key, version)
    command = CreateDiagramDraft(data, based_on=version)
    guard.system().execute(command, guard.person())
    return flask.redirect(flask.url_for("drafts.draft", draft_id=command.draft_id), 303)


@blueprint.get("/<uuid:draft_id>")
@guard.requires(OWNER)
def draft(draft_id: UUID) -> str:
    """Open a draft in the studio."""
    found = _load(draft_id)
    here = presence.others(draft_id)
    return flask.render_template("drafts/draft.html", draft=found, others=here)


@blueprint.get("/<uuid:draft_id>/file")
@guard.requires(OWNER)
def file(draft_id: UUID) -> flask.Response:
    """Send the content of a draft; the header `X-Revision` has its revision."""
    found = _load(draft_id)
    name = f"{found.key or 'draft'}.{found.kind}"
    answer = flask.Response(found.xml, mimetype="application/xml")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["X-Revision"] = str(found.revision)
    return answer


@blueprint.put("/<uuid:draft_id>/file")
@guard.requires(OWNER)
def save(draft_id: UUID) -> dict[str, Any]:
    """Save what was drawn: JSON with `xml` and the `revision` that was looked at."""
    body = flask.request.get_json()
    if not isinstance(body, dict):
        raise errors.Invalid("Send an object with “xml” and “revision”.")
    content, revision = body.get("xml"), body.get("revision")
    if not isinstance(content, str) or not isinstance(revision, int):
        raise errors.Invalid("Send the diagram as “xml” and a whole number as “revision”.")
    command = SaveDiagramDraft(draft_id, content.encode(), revision)
    guard.system().execute(command, guard.person())
    return {"revision": revision + 1}


@blueprint.post("/<uuid:draft_id>/discard")
@guard.requires(OWNER)
def discard(draft_id: UUID) -> Response:
    """Discard a draft."""
    command = DiscardDiagramDraft(draft_id, _number("revision"))
    guard.system().execute(command, guard.person())
    flask.flash("The draft is discarded.", "success")
    return flask.redirect(flask.url_for("diagrams.library"), 303)


def _load(draft_id: UUID) -> drafts.Draft:
    with guard.system().read() as connection:
        return drafts.load(connection, draft_id)


def _number(name: str) -> int:
    value = flask.request.form.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < len("1000000000")):
        raise errors.Invalid(f"“{name}” must be a whole number.")
    return int(value)
