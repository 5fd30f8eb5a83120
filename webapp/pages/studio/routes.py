"""What the studio asks about a draft while somebody draws. All of it is JSON."""

from typing import Any, Final
from uuid import UUID

import flask
from flask_wtf.csrf import generate_csrf

from engine import errors
from engine.definitions import elements, expressions, forms, xml
from engine.definitions.expressions import ValueType
from webapp.auth import guard
from webapp.pages.studio import presenters
from workflows.access import people
from workflows.access.people import OWNER
from workflows.agencies import choices
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.queries.draft_scope import draft_scope
from workflows.queries.studio_lists import studio_lists
from workflows.rulebook import load
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


@blueprint.post("/lists")
@guard.requires(OWNER)
def lists(draft_id: UUID) -> dict[str, Any]:
    """Give what the lists of the properties panel offer, for the diagram as it is drawn."""
    root = xml.parse(_text("xml").encode())
    with guard.system().read() as connection:
        drafts.load(connection, draft_id)
        return presenters.lists(studio_lists(connection, load.current(), root))


@blueprint.post("/expression")
@guard.requires(OWNER)
def expression(draft_id: UUID) -> dict[str, Any]:
    """Check an expression (`text`, without `${…}`) whose value must be of the type `expects`."""
    text, expects = _text("text"), _text("expects")
    if expects not in set(ValueType):
        raise errors.Invalid(f"“expects” must be one of {', '.join(ValueType)}.")
    root = xml.parse(_text("xml").encode())
    with guard.system().read() as connection:
        drafts.load(connection, draft_id)
        scope = draft_scope(connection, root)
    try:
        expressions.compile_expression(text, scope, expects=ValueType(expects))
    except expressions.BadExpression as bad:
        return {"problem": bad.problem, "column": bad.column}
    return {"problem": "", "column": 0}


@blueprint.post("/form-preview")
@guard.requires(OWNER)
def form_preview(draft_id: UUID) -> dict[str, str]:
    """Render the form of an element as staff will see it."""
    root = xml.parse(_text("xml").encode())
    with guard.system().read() as connection:
        drafts.load(connection, draft_id)
        scope = draft_scope(connection, root)
        form = elements.Catalogue(root, scope, {}, {}).form_of(_text("element"))
        form = forms.with_options(form, lambda name: choices.choices(name, connection))
    return {"html": flask.render_template("studio/preview.html", fields=form.fields)}


def _text(name: str) -> str:
    """Return a text of the JSON that was sent."""
    body = flask.request.get_json()
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise errors.Invalid(f"Send an object with a text “{name}”.")
    return value
