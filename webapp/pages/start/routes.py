"""Start a process: a request has come in, or a case goes on by another way."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FormDefinition
from engine.store import definitions
from webapp.auth import guard
from webapp.forms import read
from webapp.presentation import learners, problem, startable
from workflows.access import record, sight
from workflows.access.people import CASEWORK, MANAGER
from workflows.agencies import choices
from workflows.calendar import london
from workflows.commands.open_case import OpenCase
from workflows.commands.start_on_case import StartOnCase
from workflows.queries import case_list, learner_page
from workflows.store import search

blueprint: Final = flask.Blueprint("start", __name__)


@blueprint.get("/start")
@guard.requires(CASEWORK, MANAGER, "education_setting")
def choose() -> Response | str:
    """Ask what kind of request it is; where there is one only, begin with it."""
    kinds = startable.about_a_child(guard.system())
    if len(kinds) == 1:
        return flask.redirect(flask.url_for("start.ask", key=kinds[0][1]), 303)
    return flask.render_template("start/choose.html", kinds=kinds)


@blueprint.get("/cases/<uuid:case_id>/start/<key>")
@guard.requires(CASEWORK, MANAGER)
def ask_on_case(case_id: UUID, key: str) -> str:
    """Ask what a process needs to know to begin on a case."""
    return _page(key, {}, case_id=case_id)


@blueprint.post("/cases/<uuid:case_id>/start/<key>")
@guard.requires(CASEWORK, MANAGER)
def begin_on_case(case_id: UUID, key: str) -> Response | tuple[str, int]:
    """Start the process on the case."""
    name, form = _form(key)
    values = read.posted(form, flask.request.form)
    try:
        guard.system().execute(StartOnCase(key, case_id, values), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        page = _page(key, values, refusal=refusal, case_id=case_id)
        return page, problem.status_of(refusal)
    flask.flash(f"{name} has started.", "success")
    return flask.redirect(flask.url_for("cases.case", case_id=case_id), 303)


@blueprint.get("/start/<key>")
@guard.requires(CASEWORK, MANAGER, "education_setting")
def ask(key: str) -> str:
    """Ask what the process needs to know to begin; a learner of the transition plan is known already."""
    return _page(key, _of_learner(key, flask.request.args.get("learner", "")))


@blueprint.post("/start/<key>")
@guard.requires(CASEWORK, MANAGER, "education_setting")
def begin(key: str) -> Response | tuple[str, int] | str:
    """Open the case; possible duplicates are shown once before."""
    _, form = _form(key)
    values = read.posted(form, flask.request.form)
    alike = [] if "seen_duplicates" in flask.request.form else _alike(values)
    if alike:
        return _page(key, values, alike=alike)
    command = OpenCase(key, values)
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(key, values, refusal=refusal), problem.status_of(refusal)
    flask.flash("The case is open, and its first task is there.", "success")
    return flask.redirect(flask.url_for("cases.case", case_id=command.case_id), 303)


def _form(key: str) -> tuple[str, FormDefinition]:
    here = guard.system()
    with here.read() as connection:
        bundle_id = definitions.live_bundle(connection, key)
        if bundle_id is None:
            flask.abort(404)
        bundle = here.executor.bundles.get(bundle_id)
        form = forms.with_options(bundle.start_form, lambda name: choices.choices(name, connection))
    if not form.fields:
        flask.abort(404)
    return bundle.name, form


def _of_learner(key: str, learner: str) -> dict[str, Any]:
    """Return what the transition plan knows; the address names the learner by identifier alone."""
    if not learner or not guard.person().roles & {CASEWORK, MANAGER}:
        return {}
    here = guard.system()
    try:
        learner_id = UUID(learner)
    except ValueError:
        flask.abort(404)
    with here.read() as connection:
        page = learner_page.learner_page(
            connection, learner_id, today=london.local_date(here.now())
        )
    known = learners.start_values(page.row, london.local_date(here.now()))
    _, form = _form(key)
    return {each.id: known[each.id] for each in form.fields if each.id in known}


def _alike(values: dict[str, Any]) -> list[case_list.CaseRow]:
    name = f"{values.get('child_first_name') or ''} {values.get('child_last_name') or ''}"
    born = search.date_or_none(values.get("child_date_of_birth"))
    with guard.system().read() as connection:
        return case_list.possible_duplicates(
            connection, guard.person(), name=name, date_of_birth=born
        )


def _page(
    key: str,
    values: dict[str, Any],
    *,
    refusal: errors.Refused | None = None,
    alike: list[case_list.CaseRow] | None = None,
    case_id: UUID | None = None,
) -> str:
    name, form = _form(key)
    if case_id is not None:
        _record_look(case_id)
    return flask.render_template(
        "start/start.html",
        key=key,
        name=name,
        form=form,
        values=values,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal),
        alike=alike,
        case_id=case_id,
    )


def _record_look(case_id: UUID) -> None:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        why = sight.why_may_see(connection, person, case_id)
    record.record_view(here.engine, person, case_id, what="start", why=why, now=here.now())
