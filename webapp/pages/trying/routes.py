"""Try a draft: open a case in a sandbox, act as everybody, and let time pass."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FormDefinition
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.trying import presenters, sandbox
from webapp.pages.trying.sandbox import Trial
from webapp.presentation import problem
from workflows.access.people import OWNER
from workflows.calendar import london
from workflows.queries.awaited_messages import Awaited
from workflows.sandbox import asking
from workflows.sandbox.board import board
from workflows.sandbox.place import places
from workflows.sandbox.trial import Living, story_of
from workflows.scenarios import answers

blueprint: Final = flask.Blueprint("trying", __name__, url_prefix="/drafts/<uuid:draft_id>/try")
Answer = str | Response | tuple[str, int]


@blueprint.get("")
@guard.requires(OWNER)
def show(draft_id: UUID) -> Answer:
    """Show how the case in the sandbox stands; where there is none yet, ask how it begins."""
    found = sandbox.trial(draft_id)
    try:
        if found.document is None:
            return _begin_page(found)
        return _board(found, sandbox.living(found, found.document))
    except errors.Refused as refusal:
        return _cannot(found, refusal)


@blueprint.post("/begin")
@guard.requires(OWNER)
def begin(draft_id: UUID) -> Answer:
    """Open a case in the sandbox."""
    found = sandbox.trial(draft_id)
    key = flask.request.form.get("process", "")
    system = places().open(found.files)
    try:
        form = asking.start_form(system, key)
    finally:
        places().close(system)
    values = read.posted(form, flask.request.form)
    try:
        begins = presenters.day(flask.request.form, "begins")
        if "plain" in flask.request.form:
            values = {**answers.plain(form, {}, begins), **_given(values)}
        document = story_of(key, begins, values)
        sandbox.living(found, document)
    except errors.Refused as refusal:
        return _begin_page(found, key, values, refusal), problem.status_of(refusal)
    sandbox.keep(draft_id, document)
    return _back(draft_id)


@blueprint.post("/time")
@guard.requires(OWNER)
def pass_time(draft_id: UUID) -> Answer:
    """Let days pass, one after the other, each with the timers that fall due."""
    found = sandbox.trial(draft_id)
    lived = _lived(found)
    try:
        to = presenters.moved_to(lived.story.today, flask.request.form)
    except errors.Invalid as refusal:
        return _board(found, lived, refusal), 422
    return _do(found, {"on": to.isoformat()})


@blueprint.get("/tasks/<uuid:task_id>")
@guard.requires(OWNER)
def task(draft_id: UUID, task_id: UUID) -> Answer:
    """Show the form of a task as whoever has it would see it."""
    found = sandbox.trial(draft_id)
    return _task_page(found, _lived(found), task_id)


@blueprint.post("/tasks/<uuid:task_id>")
@guard.requires(OWNER)
def complete(draft_id: UUID, task_id: UUID) -> Answer:
    """Complete a task as whoever has it."""
    found = sandbox.trial(draft_id)
    lived = _lived(found)
    waiting, form = asking.task_of(lived.story, task_id)
    values = _answers(form, lived)
    step = {"does": waiting.name, "about": waiting.label, "with": values}
    try:
        forms.validate(form, values, variables=waiting.variables, today=lived.story.today)
    except errors.Refused as refusal:
        page = _task_page(found, lived, task_id, values, refusal)
        return page, problem.status_of(refusal)
    return _do(found, step)


@blueprint.get("/messages/<uuid:wait_id>")
@guard.requires(OWNER)
def message(draft_id: UUID, wait_id: UUID) -> Answer:
    """Ask what a message that a step waits for brings."""
    found = sandbox.trial(draft_id)
    return _message_page(found, asking.awaited_of(_lived(found).story, wait_id))


@blueprint.post("/messages/<uuid:wait_id>")
@guard.requires(OWNER)
def tell(draft_id: UUID, wait_id: UUID) -> Answer:
    """Let a message come that a step waits for."""
    found = sandbox.trial(draft_id)
    lived = _lived(found)
    awaited = asking.awaited_of(lived.story, wait_id)
    values = _answers(awaited.form, lived)
    try:
        forms.validate(awaited.form, values, variables={}, today=lived.story.today)
    except errors.Refused as refusal:
        return _message_page(found, awaited, values, refusal), problem.status_of(refusal)
    return _do(found, {"message": awaited.message, "with": {**values, **awaited.correlation}})


@blueprint.post("/back")
@guard.requires(OWNER)
def step_back(draft_id: UUID) -> Answer:
    """Undo the last thing: all but that is lived again."""
    found = sandbox.trial(draft_id)
    if found.document and found.document["steps"]:
        shorter = {**found.document, "steps": list(found.document["steps"])[:-1]}
        sandbox.keep(draft_id, shorter)
    return _back(draft_id)


@blueprint.post("/again")
@guard.requires(OWNER)
def again(draft_id: UUID) -> Answer:
    """Forget the case, and begin with another."""
    sandbox.keep(draft_id, None)
    return _back(draft_id)


@blueprint.get("/diagrams/<key>")
@guard.requires(OWNER)
def diagram(draft_id: UUID, key: str) -> flask.Response:
    """Send a diagram as it is live in the sandbox."""
    found = sandbox.trial(draft_id)
    if key not in found.files:
        flask.abort(404)
    return flask.Response(found.files[key], mimetype="application/xml")


@blueprint.get("/documents/<uuid:document_id>")
@guard.requires(OWNER)
def document(draft_id: UUID, document_id: UUID) -> flask.Response:
    """Show a notice that was made in the sandbox."""
    lived = _lived(sandbox.trial(draft_id))
    found = next(
        (each for each in board(lived.story).page.documents if each.id == document_id), None
    )
    if found is None:
        raise asking.NotAsked("There is no such document in the sandbox.")
    data = lived.story.system.documents.get(found.location)
    answer = flask.Response(data, mimetype=found.media_type)
    kind = "inline" if found.media_type == "application/pdf" else "attachment"
    answer.headers.set("Content-Disposition", kind, filename=found.file_name)
    return answer


def _lived(found: Trial) -> Living:
    if found.document is None:
        raise asking.NotAsked("Nothing has begun in this sandbox. Open a case first.")
    return sandbox.living(found, found.document)


def _do(found: Trial, step: Mapping[str, Any]) -> Answer:
    document = found.document or {}
    stopped = sandbox.go_on(found, document, step)
    if stopped:
        lived = sandbox.living(found, document)
        return _board(found, lived, errors.Invalid(stopped)), 422
    return _back(found.draft.id)


def _back(draft_id: UUID) -> Response:
    return flask.redirect(flask.url_for("trying.show", draft_id=draft_id), 303)


def _answers(form: FormDefinition, lived: Living) -> dict[str, Any]:
    """Return what was posted; where that was asked for, with plain answers to the rest."""
    values = read.posted(form, flask.request.form)
    if "plain" in flask.request.form:
        values = {**answers.plain(form, {}, lived.story.today), **_given(values)}
    return values


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _board(found: Trial, lived: Living, refusal: errors.Refused | None = None) -> str:
    found_there = board(lived.story)
    return flask.render_template(
        "trying/board.html",
        draft=found.draft,
        board=found_there,
        roles=presenters.by_role(lived.story),
        timers=presenters.timers(found_there),
        duties=presenters.duties(found_there),
        facts=presenters.facts(found_there),
        variables=presenters.variables(found_there),
        steps=[presenters.step_in_words(each) for each in lived.steps],
        stopped=lived.stopped,
        error_list=[{"text": refusal.message}] if refusal else [],
    )


def _begin_page(
    found: Trial,
    key: str = "",
    values: Mapping[str, Any] | None = None,
    refusal: errors.Refused | None = None,
) -> str:
    system = places().open(found.files)
    try:
        offered = asking.beginnings(system, found.files, found.draft.key)
        key = key or flask.request.args.get("process", "") or (offered[0][0] if offered else "")
        form = asking.start_form(system, key) if offered else None
    finally:
        places().close(system)
    return flask.render_template(
        "trying/begin.html",
        draft=found.draft,
        offered=offered,
        key=key,
        form=form,
        today=london.local_date(guard.system().now()),
        values=values or {},
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal) if form else [],
    )


def _task_page(
    found: Trial,
    lived: Living,
    task_id: UUID,
    values: Mapping[str, Any] | None = None,
    refusal: errors.Refused | None = None,
) -> str:
    waiting, form = asking.task_of(lived.story, task_id)
    known = {each.id: waiting.variables.get(each.id, each.default) for each in form.fields}
    about = presenters.about(lived.story, waiting)
    return flask.render_template(
        "trying/ask.html",
        draft=found.draft,
        heading=presenters.titled(waiting),
        caption=f"Sandbox: you act as {about.role}",
        guidance=about.guidance,
        address=flask.request.path,
        send="Complete the task",
        form=form,
        values={**known, **(values or {})},
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal),
    )


def _message_page(
    found: Trial,
    awaited: Awaited,
    values: Mapping[str, Any] | None = None,
    refusal: errors.Refused | None = None,
) -> str:
    return flask.render_template(
        "trying/ask.html",
        draft=found.draft,
        heading=awaited.action,
        caption="Sandbox: this comes while the case waits for it",
        guidance="",
        address=flask.request.path,
        send="Let it come",
        form=awaited.form,
        values=values or {},
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(awaited.form, refusal),
    )


def _cannot(found: Trial, refusal: errors.Refused) -> tuple[str, int]:
    """Say why the draft cannot be tried."""
    page = flask.render_template("trying/cannot.html", draft=found.draft, refusal=refusal)
    return page, problem.status_of(refusal)
