"""What notices say: the words of each kind, changed by the authority within what the law demands."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.templates import presenters
from webapp.presentation import problem
from workflows.access.people import ADMIN, OWNER
from workflows.commands.save_notice_words import SaveNoticeWords
from workflows.notices import words as wording
from workflows.queries.template_list import template_list
from workflows.queries.template_page import NoSuchTemplate, TemplatePage, template_page, word_file

blueprint: Final = flask.Blueprint("templates", __name__, url_prefix="/templates")


@blueprint.get("")
@guard.requires(ADMIN, OWNER)
def templates() -> str:
    """Show each template with its version."""
    with guard.system().read() as connection:
        found = template_list(connection)
    return flask.render_template("templates/templates.html", found=found)


@blueprint.get("/<kind>")
@guard.requires(ADMIN, OWNER)
def notice(kind: str) -> str:
    """Show the words of a notice, to change them."""
    return _page(_read(kind))


@blueprint.post("/<kind>")
@guard.requires(ADMIN, OWNER)
def save(kind: str) -> Response | tuple[str, int]:
    """Keep new words as a new version."""
    page, form = _read(kind), flask.request.form
    command = SaveNoticeWords(
        kind, presenters.posted(page, form), form.get("reason", ""), presenters.base(form)
    )
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(page, refusal), problem.status_of(refusal)
    flask.flash("The new words are used from now on.", "success")
    return flask.redirect(flask.url_for("templates.notice", kind=kind), 303)


@blueprint.post("/<kind>/preview")
@guard.requires(ADMIN, OWNER)
def preview_draft(kind: str) -> Response | tuple[str, int]:
    """Show what was typed as a document, without keeping it."""
    page = _read(kind)
    if page.kind is None:
        raise NoSuchTemplate
    words = presenters.posted(page, flask.request.form)
    try:
        wording.check(page.kind, words)
    except errors.Invalid as refusal:
        return _page(page, refusal), problem.status_of(refusal)
    return presenters.document(page.kind, words, flask.request.form.get("as", "pdf"), _form())


@blueprint.get("/<kind>/versions/<int:number>")
@guard.requires(ADMIN, OWNER)
def version(kind: str, number: int) -> Response:
    """Show a version as a document with example values."""
    page = _read(kind)
    words = page.version(number).words
    if page.kind is None or words is None:
        raise NoSuchTemplate
    return presenters.document(page.kind, words, flask.request.args.get("as", "pdf"), _form())


@blueprint.post("/<kind>/put-back")
@guard.requires(ADMIN, OWNER)
def put_back(kind: str) -> Response | tuple[str, int]:
    """Use an earlier version again, as a new one."""
    page, form = _read(kind), flask.request.form
    chosen = page.version(int(number) if (number := form.get("version", "")).isdigit() else -1)
    if chosen.words is None:
        raise NoSuchTemplate
    reason = f"{presenters.version_name(chosen.number)} put back"
    command = SaveNoticeWords(kind, chosen.words, reason, presenters.base(form))
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(page, refusal), problem.status_of(refusal)
    flask.flash(f"{reason}.", "success")
    return flask.redirect(flask.url_for("templates.notice", kind=kind), 303)


def _read(kind: str) -> TemplatePage:
    with guard.system().read() as connection:
        found = template_page(connection, kind)
    if found.kind is None:
        raise NoSuchTemplate
    return found


def _form() -> bytes:
    with guard.system().read() as connection:
        return word_file(connection, template_page(connection, "word").live.number)


def _page(page: TemplatePage, refusal: errors.Refused | None = None) -> str:
    return flask.render_template(
        "templates/notice.html",
        page=page,
        values=presenters.values(page, flask.request.form if refusal else None),
        base=page.live.number,
        fields=presenters.fields(page),
        errors=dict(refusal.errors) if refusal else {},
        error_list=presenters.error_list(refusal),
        version_name=presenters.version_name,
    )
