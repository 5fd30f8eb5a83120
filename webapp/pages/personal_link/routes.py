"""One task for somebody who does not sign in: the form, save and return, the receipt."""

from typing import Any, Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.changes import JsonValue
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.definitions.forms import FieldType
from webapp.auth import guard
from webapp.forms import read, uploads
from webapp.pages.personal_link import presenters
from webapp.presentation import problem
from workflows.access import links, record
from workflows.access.links import LinkHolder
from workflows.commands.add_document import AddDocument
from workflows.commands.save_link_draft import SaveLinkDraft
from workflows.queries.link_page import LinkPage, link_page

blueprint: Final = flask.Blueprint("personal_link", __name__, url_prefix="/l")
WHY: Final = "personal link"


@blueprint.after_request
def unlisted(response: flask.Response) -> flask.Response:
    """Keep these pages out of search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.errorhandler(links.UnusableLink)
def unusable(refusal: links.UnusableLink) -> tuple[str, int]:
    """Say the same whatever is wrong with a link."""
    return flask.render_template("personal_link/unusable.html"), problem.status_of(refusal)


@blueprint.get("/<token>")
@guard.open_to_anyone
def show(token: str) -> str:
    """Show what is asked, with what was typed so far."""
    return _page(token, _holder(token))


@blueprint.post("/<token>/draft")
@guard.open_to_anyone
def draft(token: str) -> Response | tuple[str, int]:
    """Keep what was typed so far; the page does so by itself as well."""
    holder = _holder(token)
    quiet = flask.request.headers.get("X-Requested-With") == "autosave"
    values = _posted(holder)
    try:
        _add_files(holder, values)
        guard.system().execute(SaveLinkDraft(holder.task_id, values), holder)
    except (errors.Invalid, errors.Conflict) as refusal:
        if quiet:
            return refusal.message, problem.status_of(refusal)
        return _page(token, holder, values, refusal), problem.status_of(refusal)
    if quiet:
        return "", 204
    flask.flash("Saved. Come back with the same link when you like.", "success")
    return flask.redirect(flask.url_for("personal_link.show", token=token), 303)


@blueprint.post("/<token>/complete")
@guard.open_to_anyone
def complete(token: str) -> Response | tuple[str, int]:
    """Send the answers; what was typed is shown again when they cannot be accepted."""
    holder = _holder(token)
    values = _posted(holder)
    try:
        _add_files(holder, values)
        command = CompleteTask(holder.task_id, values, OnBehalf(holder.source))
        guard.system().execute(command, holder)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(token, holder, values, refusal), problem.status_of(refusal)
    return flask.redirect(flask.url_for("personal_link.receipt", token=token), 303)


@blueprint.get("/<token>/receipt")
@guard.open_to_anyone
def receipt(token: str) -> str:
    """Show what was sent, and when; for a while only."""
    holder = _holder(token, receipt=True)
    page = _read(holder)
    _record(holder, f"receipt: {page.name}")
    return flask.render_template(
        "personal_link/receipt.html",
        page=page,
        name=holder.name,
        answers=presenters.answers(page),
    )


def _holder(token: str, *, receipt: bool = False) -> LinkHolder:
    here = guard.system()
    address = flask.request.remote_addr or ""
    return links.open_link(here.engine, token, address=address, now=here.now(), receipt=receipt)


def _read(holder: LinkHolder) -> LinkPage:
    here = guard.system()
    with here.read() as connection:
        return link_page(connection, holder, here.executor.bundles)


def _record(holder: LinkHolder, what: str) -> None:
    here = guard.system()
    record.record_view(here.engine, holder, holder.case_id, what=what, why=WHY, now=here.now())


def _posted(holder: LinkHolder) -> dict[str, Any]:
    """Return the posted values; of documents only those that came by this link."""
    page = _read(holder)
    values: dict[str, JsonValue] = read.posted(page.form, flask.request.form)
    for field in page.form.fields:
        known = values.get(field.id)
        if field.type == FieldType.FILE and isinstance(known, list):
            values[field.id] = [each for each in known if each in page.documents]
    return values


def _add_files(holder: LinkHolder, values: dict[str, Any]) -> None:
    """Keep the chosen files as documents of the case, and their names among the values."""
    here = guard.system()
    for field, files in uploads.chosen(_read(holder).form, flask.request.files):
        for each in files:
            name = each.filename or ""
            try:
                stored = here.documents.put(name, each.read())
                command = AddDocument(
                    holder.case_id, name, "evidence", stored, task_id=holder.task_id
                )
                here.execute(command, holder)
            except errors.Invalid as refusal:
                why = {field.id: (refusal.message,)}
                raise errors.Invalid(refusal.message, errors=why) from refusal
            values[field.id] = [*values.get(field.id, []), str(command.document_id)]


def _page(
    token: str,
    holder: LinkHolder,
    values: dict[str, Any] | None = None,
    refusal: errors.Refused | None = None,
) -> str:
    page = _read(holder)
    _record(holder, f"task: {page.name}")
    return flask.render_template(
        "personal_link/form.html",
        page=page,
        name=holder.name,
        token=token,
        values={**page.values, **(values or {})},
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(page.form, refusal),
    )
