"""Subject access requests: log one, decide what is given, and send the bundle."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.subject_requests import presenters
from webapp.presentation import problem
from workflows.access import privacy_law, record
from workflows.access.people import MANAGER
from workflows.calendar import london
from workflows.commands.log_subject_request import LogSubjectRequest
from workflows.commands.release_subject_request import ReleaseSubjectRequest
from workflows.queries import subject_request_page as query
from workflows.queries.case_page import case_of_reference
from workflows.queries.subject_request_page import Subject

blueprint: Final = flask.Blueprint(
    "subject_requests", __name__, url_prefix="/access-record/requests"
)
FORM: Final = FormDefinition(
    (
        FormField(
            "case",
            "Case reference",
            FieldType.STRING,
            required=True,
            hint="Other cases of the same child are found by name and date of birth",
        ),
        FormField("requester", "Who asked", FieldType.STRING, required=True, maximum=200),
        FormField(
            "received_on", "When it came in", FieldType.DATE, required=True, past_or_today=True
        ),
    )
)


@blueprint.get("")
@guard.requires(MANAGER)
def requests() -> str:
    """Show the requests, what is open first."""
    here = guard.system()
    with here.read() as connection:
        rows = query.subject_request_list(connection, guard.person())
    return flask.render_template(
        "subject_requests/list.html",
        rows=rows,
        law=privacy_law.current(),
        tags=presenters.TAGS,
        today=london.local_date(here.now()),
    )


@blueprint.get("/new")
@guard.requires(MANAGER)
def new() -> str:
    """Ask who wants to see what."""
    return _form()


@blueprint.post("/new")
@guard.requires(MANAGER)
def log() -> Response | tuple[str, int]:
    """Log the request."""
    here, person = guard.system(), guard.person()
    try:
        given = forms.validate(
            FORM,
            read.posted(FORM, flask.request.form),
            variables={},
            today=london.local_date(here.now()),
        )
        with here.read() as connection:
            case_id = case_of_reference(connection, person, str(given["case"]))
        received = dt.date.fromisoformat(str(given["received_on"]))
        command = LogSubjectRequest(case_id, str(given["requester"]), received)
        here.execute(command, person)
    except errors.Invalid as refusal:
        return _form(refusal), problem.status_of(refusal)
    address = flask.url_for("subject_requests.request", request_id=command.request_id)
    return flask.redirect(address, 303)


@blueprint.get("/<uuid:request_id>")
@guard.requires(MANAGER)
def request(request_id: UUID) -> str:
    """Show what was found, or how far the bundle is; that it was looked at is on record."""
    return _page(request_id)


@blueprint.post("/<uuid:request_id>/release")
@guard.requires(MANAGER)
def release(request_id: UUID) -> Response | tuple[str, int]:
    """Let the bundle be made."""
    given = flask.request.form
    more = tuple(each.strip() for each in given.get("more", "").splitlines())
    command = ReleaseSubjectRequest(
        request_id,
        (*given.getlist("redact"), *more),
        tuple(given.getlist("documents")),
        checked=given.get("checked") == "yes",
    )
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _page(request_id, refusal), problem.status_of(refusal)
    flask.flash("The bundle is being made.", "success")
    return flask.redirect(flask.url_for("subject_requests.request", request_id=request_id), 303)


@blueprint.get("/<uuid:request_id>/download")
@guard.requires(MANAGER)
def download(request_id: UUID) -> Response:
    """Send the bundle; that it was downloaded is on record."""
    here = guard.system()
    subject = _subject(request_id, "downloaded")
    if not subject.request.location:
        flask.abort(404)
    data = here.documents.get(subject.request.location)
    response = flask.Response(data, mimetype="application/zip")
    name = f"subject-access-{subject.cases[0][0]}.zip"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _form(refusal: errors.Refused | None = None) -> str:
    values: dict[str, Any] = {"case": flask.request.args.get("case", "")}
    if refusal:
        values = dict(read.posted(FORM, flask.request.form))
    return flask.render_template(
        "subject_requests/new.html",
        form=FORM,
        values=values,
        law=privacy_law.current(),
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(FORM, refusal),
    )


def _page(request_id: UUID, refusal: errors.Refused | None = None) -> str:
    subject = _subject(request_id, "looked at")
    given = flask.request.form
    return flask.render_template(
        "subject_requests/request.html",
        subject=subject,
        request=subject.request,
        law=privacy_law.current(),
        tag=presenters.TAGS[subject.request.status],
        counts=presenters.counts(subject),
        others=() if subject.request.is_decided else presenters.others(subject),
        redact=given.getlist("redact") if refusal else None,
        documents=given.getlist("documents") if refusal else [],
        more=given.get("more", ""),
        errors=dict(refusal.errors) if refusal else {},
        error_list=[{"text": each, "href": "#checked"} for each in refusal.errors["checked"]]
        if refusal
        else [],
    )


def _subject(request_id: UUID, how: str) -> Subject:
    """Return what a request is about; every case of it has the look on record."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        subject, why = query.subject_request_page(connection, person, request_id)
    for case_id in subject.request.cases:
        record.record_view(
            here.engine, person, case_id, what=f"subject access: {how}", why=why, now=now
        )
    return subject
