"""Drafts of what is not published yet: drawn from an empty diagram, or taken from a file."""

import contextlib
from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import xml
from engine.definitions.elements import role_code
from engine.queries import definition_list
from webapp.auth import guard
from webapp.pages.diagrams import empty
from webapp.presentation import problem
from workflows.access.people import OWNER
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.store import drafts

blueprint: Final = flask.Blueprint("new_diagrams", __name__, url_prefix="/diagrams")
NAME_LIMIT: Final = 100
KINDS: Final = {"bpmn": "A process", "dmn": "A decision table"}


class NoFile(errors.Invalid):
    """Choose a .bpmn or .dmn file."""


@blueprint.get("/new")
@guard.requires(OWNER)
def new() -> str:
    """Ask what the new diagram is to be called."""
    return _new_page()


@blueprint.post("/new")
@guard.requires(OWNER)
def create() -> Response | tuple[str, int]:
    """Begin a draft from an empty diagram or an empty table."""
    form = flask.request.form
    name = " ".join(form.get("name", "").split())
    try:
        data = _empty(form.get("kind", ""), name)
    except errors.Invalid as refusal:
        return _new_page(refusal), problem.status_of(refusal)
    return _begin(data, 0)


@blueprint.get("/import")
@guard.requires(OWNER)
def choose() -> str:
    """Ask for a file."""
    return _import_page()


@blueprint.post("/import")
@guard.requires(OWNER)
def take() -> Response | tuple[str, int]:
    """Begin a draft from a file of any tool; nothing of it has to be right but that it can be read."""
    upload = flask.request.files.get("file")
    try:
        if upload is None or not upload.filename:
            raise NoFile
        with contextlib.closing(upload):
            data = upload.stream.read()
        xml.parse(data, name=upload.filename[-60:])
    except errors.Invalid as refusal:
        return _import_page(refusal), problem.status_of(refusal)
    _, key, _ = drafts.described(data)
    return _begin(data, _live_version(key))


def _empty(kind: str, name: str) -> bytes:
    """Return an empty file of a kind; refuse what it cannot be called."""
    if kind not in KINDS:
        raise errors.Invalid(
            "Say what you want to draw.", errors={"kind": ("Select what you want to draw",)}
        )
    key = role_code(name)
    if not key or not key[0].isalpha() or len(name) > NAME_LIMIT:
        wanted = f"Enter a name that begins with a letter, of at most {NAME_LIMIT} characters"
        raise errors.Invalid("The name cannot be used.", errors={"name": (wanted,)})
    if _live_version(key):
        taken = "There is a process or decision table of this name already. Enter another name"
        raise errors.Invalid("The name is taken.", errors={"name": (taken,)})
    return empty.process(key, name) if kind == "bpmn" else empty.table(key, name)


def _live_version(key: str) -> int:
    with guard.system().read() as connection:
        return definition_list.live_version(connection, key)


def _begin(data: bytes, based_on: int) -> Response:
    command = CreateDiagramDraft(data, based_on=based_on)
    guard.system().execute(command, guard.person())
    return flask.redirect(flask.url_for("drafts.draft", draft_id=command.draft_id), 303)


def _new_page(refusal: errors.Refused | None = None) -> str:
    form = flask.request.form
    found = dict(refusal.errors) if refusal else {}
    return flask.render_template(
        "diagrams/new.html",
        kinds=KINDS,
        kind=form.get("kind", ""),
        name=form.get("name", ""),
        errors=found,
        error_list=[{"text": texts[0], "href": f"#{field}"} for field, texts in found.items()],
    )


def _import_page(refusal: errors.Refused | None = None) -> str:
    return flask.render_template(
        "diagrams/import.html",
        message=refusal.message if refusal else "",
        megabytes=xml.SIZE_LIMIT // 1_000_000,
    )
