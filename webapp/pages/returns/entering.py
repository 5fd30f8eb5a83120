"""What people enter for the return: details of a case, the header, and that it was submitted."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions.forms import FormDefinition
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.returns import forms
from webapp.presentation import problem
from workflows.access import record
from workflows.access.people import CASEWORK, MANAGER
from workflows.calendar import london
from workflows.commands.correct_details import CorrectDetails
from workflows.commands.freeze_return import FreezeReturn
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.queries import case_page, return_overview
from workflows.returns import census
from workflows.store import return_runs

blueprint: Final = flask.Blueprint("returns_entering", __name__)
Answer = Response | tuple[str, int]


@blueprint.get("/cases/<uuid:case_id>/correct-details")
@guard.requires(CASEWORK, MANAGER)
def ask_details(case_id: UUID) -> str:
    """Show the details of a case that the return needs."""
    return _details(case_id)


@blueprint.post("/cases/<uuid:case_id>/correct-details")
@guard.requires(CASEWORK, MANAGER)
def correct_details(case_id: UUID) -> Answer:
    """Correct them, for a reason."""
    given = _posted(forms.of_details())
    reason = given.pop("reason", "")
    try:
        guard.system().execute(CorrectDetails(case_id, given, reason), guard.person())
    except errors.Invalid as refusal:
        return _details(case_id, refusal), problem.status_of(refusal)
    flask.flash("The details have been corrected.", "success")
    return flask.redirect(flask.url_for("cases.case", case_id=case_id), 303)


@blueprint.get("/returns/<int:year>/header")
@guard.requires(MANAGER)
def ask_header(year: int) -> str:
    """Show what the header says of the authority."""
    return _header(year)


@blueprint.post("/returns/<int:year>/header")
@guard.requires(MANAGER)
def save_header(year: int) -> Answer:
    """Keep it."""
    try:
        command = SaveReturnHeader(year, _posted(forms.of_header()))
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _header(year, refusal), problem.status_of(refusal)
    flask.flash("The header has been saved.", "success")
    return flask.redirect(flask.url_for("returns.state", year=year), 303)


@blueprint.get("/returns/runs/<uuid:run_id>/freeze")
@guard.requires(MANAGER)
def ask_freeze(run_id: UUID) -> str:
    """Ask for the receipt of what was submitted."""
    return _freeze(run_id)


@blueprint.post("/returns/runs/<uuid:run_id>/freeze")
@guard.requires(MANAGER)
def freeze(run_id: UUID) -> Answer:
    """Freeze the return as it was submitted."""
    reference = _posted(forms.RECEIPT).get("reference", "")
    try:
        guard.system().execute(FreezeReturn(run_id, reference), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _freeze(run_id, refusal), problem.status_of(refusal)
    with guard.system().read() as connection:
        year = return_runs.load(connection, run_id).year
    flask.flash(f"The return of {year} is frozen as it was submitted.", "success")
    return flask.redirect(flask.url_for("returns.state", year=year), 303)


def _posted(form: FormDefinition) -> dict[str, str]:
    """Return what was posted, each as text."""
    given = read.posted(form, flask.request.form)
    return {name: value if isinstance(value, str) else "" for name, value in given.items()}


def _errors(form: FormDefinition, refusal: errors.Refused | None) -> dict[str, Any]:
    return {
        "errors": dict(refusal.errors) if refusal else {},
        "error_list": read.error_summary(form, refusal),
    }


def _details(case_id: UUID, refusal: errors.Refused | None = None) -> str:
    here, person, form = guard.system(), guard.person(), forms.of_details()
    with here.read() as connection:
        page = case_page.case_page(connection, person, case_id, now=here.now())
    what = "form: Correct details"
    record.record_view(here.engine, person, case_id, what=what, why=page.why, now=here.now())
    return flask.render_template(
        "returns/details.html",
        page=page,
        year=census.current(london.local_date(here.now())).year,
        groups=forms.grouped(),
        reason=forms.REASON,
        values=forms.kept(page.case.details) | read.posted(form, flask.request.form),
        **_errors(form, refusal),
    )


def _header(year: int, refusal: errors.Refused | None = None) -> str:
    census.of(year)
    form = forms.of_header()
    with guard.system().read() as connection:
        overview = return_overview.return_overview(connection, year)
    return flask.render_template(
        "returns/header.html",
        year=year,
        form=form,
        values={**overview.header, **read.posted(form, flask.request.form)},
        **_errors(form, refusal),
    )


def _freeze(run_id: UUID, refusal: errors.Refused | None = None) -> str:
    with guard.system().read() as connection:
        run = return_runs.load(connection, run_id)
    if not run.files:
        flask.abort(404)
    return flask.render_template(
        "returns/freeze.html",
        run=run,
        field=forms.RECEIPT.fields[0],
        values=read.posted(forms.RECEIPT, flask.request.form),
        **_errors(forms.RECEIPT, refusal),
    )
