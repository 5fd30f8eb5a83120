"""What the studio asks about a draft while somebody draws. All of it is JSON."""

from typing import Any, Final
from uuid import UUID

import flask
from flask_wtf.csrf import generate_csrf

from engine import errors
from webapp.auth import guard
from workflows import diagram_check
from workflows.access import people
from workflows.access.people import OWNER
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.store import drafts

blueprint: Final = flask.Blueprint("studio", __name__, url_prefix="/drafts/<uuid:draft_id>")


@blueprint.get("/state")
@guard.requires(OWNER)
def state(draft_id: UUID) -> dict[str, Any]:
    """Say which revision a draft has, and who saved it when; and give the token for saving."""
    with guard.system().read() as connection:
        found = drafts.load(connection, draft_id)
        names = people.names(connection, {found.saved_by})
    return {
        "revision": found.revision,
        "status": found.status,
        "saved_at": found.saved_at.isoformat(),
        "saved_by": names.get(found.saved_by, ""),
        "token": generate_csrf(),
    }


@blueprint.post("/copy")
@guard.requires(OWNER)
def copy(draft_id: UUID) -> tuple[dict[str, str], int]:
    """Keep what was drawn as a draft of its own, from the same version as the draft."""
    with guard.system().read() as connection:
        found = drafts.load(connection, draft_id)
    command = CreateDiagramDraft(_text("xml").encode(), based_on=found.based_on)
    guard.system().execute(command, guard.person())
    address = flask.url_for("drafts.draft", draft_id=command.draft_id)
    return {"draft": str(command.draft_id), "address": address}, 201


@blueprint.post("/check")
@guard.requires(OWNER)
def check(draft_id: UUID) -> dict[str, Any]:
    """Check what is drawn, saved or not."""
    with guard.system().read() as connection:
        name = drafts.load(connection, draft_id).name
    problems = diagram_check.check(_text("xml").encode(), name)
    return {"problems": [diagram_check.as_json(each) for each in problems]}


def _text(name: str) -> str:
    """Return a text of the JSON that was sent."""
    body = flask.request.get_json()
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise errors.Invalid(f"Send an object with a text “{name}”.")
    return value
