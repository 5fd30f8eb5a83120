"""How notices and plans look in Word: upload the authority's own template, or go back."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.templates import presenters
from webapp.presentation import problem
from workflows.access.people import ADMIN, OWNER
from workflows.commands.save_word_template import SaveWordTemplate
from workflows.documents.store import MEDIA_TYPES
from workflows.notices import word_check
from workflows.notices.words import kinds
from workflows.queries.template_page import template_page, word_file

blueprint: Final = flask.Blueprint("word_template", __name__, url_prefix="/templates/word")
# As people write them in Word; docxtpl takes the letter for the paragraph, row or cell around it.
MARKS: Final = {
    "print": "{{ title }}",
    "repeat": "{%p for section in sections %}",
    "end": "{%p endfor %}",
    "row": "{%tr for row in table.rows %}",
    "cell": "{%tc for cell in row %}",
    "condition": "{%p if sections %}",
}
SHOWN: Final = "final_plan"  # it has everything that a template can hold


@blueprint.get("")
@guard.requires(ADMIN, OWNER)
def show() -> str:
    """Show the Word template, to change it."""
    return _page()


@blueprint.post("")
@guard.requires(ADMIN, OWNER)
def upload() -> Response | tuple[str, int]:
    """Keep a new template as a new version."""
    form, file = flask.request.form, flask.request.files.get("file")
    data = file.stream.read(word_check.SIZE_LIMIT + 1) if file else b""
    name = (file.filename or "") if file else ""
    command = SaveWordTemplate(data, name, form.get("reason", ""), presenters.base(form))
    return _save(command, "The new template is used from now on.")


@blueprint.post("/put-back")
@guard.requires(ADMIN, OWNER)
def put_back() -> Response | tuple[str, int]:
    """Use an earlier version again, as a new one."""
    form = flask.request.form
    number = int(text) if (text := form.get("version", "")).isdecimal() else -1
    with guard.system().read() as connection:
        chosen = template_page(connection, "word").version(number)
        data = word_file(connection, number)
    reason = f"{presenters.version_name(number)} put back"
    command = SaveWordTemplate(data, chosen.file_name, reason, presenters.base(form))
    return _save(command, f"{reason}.")


@blueprint.get("/<int:number>.docx")
@guard.requires(ADMIN, OWNER)
def download(number: int) -> Response:
    """Send a version as it is, to change it in Word."""
    with guard.system().read() as connection:
        chosen = template_page(connection, "word").version(number)
        data = word_file(connection, number)
    response = flask.Response(data, mimetype=MEDIA_TYPES["docx"])
    response.headers.set("Content-Disposition", "attachment", filename=chosen.file_name)
    return response


@blueprint.get("/<int:number>/preview")
@guard.requires(ADMIN, OWNER)
def preview(number: int) -> Response:
    """Send a plan with example values, made with a version."""
    with guard.system().read() as connection:
        data = word_file(connection, number)
    kind = kinds()[SHOWN]
    return presenters.document(kind, kind.delivered, "word", data)


def _save(command: SaveWordTemplate, done: str) -> Response | tuple[str, int]:
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(refusal), problem.status_of(refusal)
    flask.flash(done, "success")
    return flask.redirect(flask.url_for("word_template.show"), 303)


def _page(refusal: errors.Refused | None = None) -> str:
    with guard.system().read() as connection:
        page = template_page(connection, "word")
    return flask.render_template(
        "templates/word.html",
        page=page,
        base=page.live.number,
        reason=flask.request.form.get("reason", ""),
        demanded=word_check.DEMANDED_NAMES,
        marks=MARKS,
        errors=dict(refusal.errors) if refusal else {},
        error_list=presenters.error_list(refusal),
        version_name=presenters.version_name,
    )
