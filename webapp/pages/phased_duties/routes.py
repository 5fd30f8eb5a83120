"""The register of phased duties: the list, each duty, and what is done with it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.phased_duties import action_forms, presenters
from webapp.presentation import problem
from workflows.access import people
from workflows.access.people import CASEWORK, COMMISSIONING, MANAGER
from workflows.calendar import london
from workflows.commands.withdraw_duty_evidence import WithdrawDutyEvidence
from workflows.queries import phased_duty_list, phased_duty_page, phased_duty_reminders

blueprint: Final = flask.Blueprint("phased_duties", __name__, url_prefix="/phased-duties")
CHANGERS: Final = frozenset({MANAGER, COMMISSIONING})


@blueprint.get("")
@guard.requires(MANAGER, COMMISSIONING, CASEWORK)
def register() -> str:
    """Show what the authority must have in place, and how each duty stands."""
    here = guard.system()
    chosen = presenters.filter_of(flask.request.args)
    with here.read() as connection:
        rows = phased_duty_list.phased_duty_list(
            connection, chosen, today=london.local_date(here.now())
        )
        said = phased_duty_reminders.phased_duty_reminders(connection, limit=20)
    return flask.render_template(
        "phased_duties/register.html",
        rows=rows,
        said=said if _may_change() else (),
        chosen=chosen,
        filters=presenters.FILTERS,
        words=presenters,
    )


@blueprint.get("/<code>")
@guard.requires(MANAGER, COMMISSIONING, CASEWORK)
def duty(code: str) -> str:
    """Show a duty with its evidence and its history."""
    return flask.render_template(
        "phased_duties/duty.html",
        page=_page(code),
        actions=action_forms.ALL if _may_change() else (),
        words=presenters,
    )


@blueprint.get("/<code>/evidence/<uuid:evidence_id>")
@guard.requires(MANAGER, COMMISSIONING, CASEWORK)
def evidence(code: str, evidence_id: UUID) -> Response:
    """Send the file of a piece of evidence."""
    found = next((each for each in _page(code).evidence if each.id == evidence_id), None)
    if found is None or not found.location:
        flask.abort(404)
    response = flask.Response(
        guard.system().documents.get(found.location), mimetype=found.media_type
    )
    disposition = "inline" if found.media_type == "application/pdf" else "attachment"
    response.headers.set("Content-Disposition", disposition, filename=found.file_name)
    return response


@blueprint.get("/<code>/evidence/<uuid:evidence_id>/withdraw")
@guard.requires(MANAGER, COMMISSIONING)
def ask_withdraw(code: str, evidence_id: UUID) -> str:
    """Ask why a piece of evidence no longer stands."""
    return _withdraw_page(code, evidence_id)


@blueprint.post("/<code>/evidence/<uuid:evidence_id>/withdraw")
@guard.requires(MANAGER, COMMISSIONING)
def withdraw(code: str, evidence_id: UUID) -> Response | tuple[str, int]:
    """Withdraw a piece of evidence; it stays in the register, marked."""
    command = WithdrawDutyEvidence(code, evidence_id, flask.request.form.get("reason", ""))
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _withdraw_page(code, evidence_id, refusal), problem.status_of(refusal)
    flask.flash("The evidence is withdrawn.", "success")
    return flask.redirect(flask.url_for("phased_duties.duty", code=code), 303)


def _withdraw_page(code: str, evidence_id: UUID, refusal: errors.Refused | None = None) -> str:
    page = _page(code)
    found = next((each for each in page.evidence if each.id == evidence_id), None)
    if found is None:
        flask.abort(404)
    return flask.render_template(
        "phased_duties/withdraw.html",
        page=page,
        evidence=found,
        reason=flask.request.form.get("reason", ""),
        refusal=refusal,
    )


def _show(code: str, action: action_forms.Action, refusal: errors.Refused | None = None) -> str:
    page = _page(code)
    form = action.form(page, _owners())
    posted = read.posted(form, flask.request.form) if flask.request.method == "POST" else {}
    return flask.render_template(
        "phased_duties/action.html",
        page=page,
        action=action,
        form=form,
        values={each.id: each.default for each in form.fields} | posted,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal),
    )


def _carry_out(code: str, action: action_forms.Action) -> Response | tuple[str, int]:
    here = guard.system()
    try:
        here.execute(action.command(_page(code), _owners(), here), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _show(code, action, refusal), problem.status_of(refusal)
    flask.flash(action.done, "success")
    return flask.redirect(flask.url_for("phased_duties.duty", code=code), 303)


def _page(code: str) -> phased_duty_page.DutyPage:
    here = guard.system()
    with here.read() as connection:
        return phased_duty_page.phased_duty_page(
            connection, code, today=london.local_date(here.now())
        )


def _owners() -> list[tuple[str, str]]:
    with guard.system().read() as connection:
        return people.staff_of_authority(connection)


def _may_change() -> bool:
    return bool(guard.person().roles & CHANGERS)


def _add(action: action_forms.Action) -> None:
    """Give an action its two routes: the form, and what it does."""

    def show(code: str) -> str:
        return _show(code, action)

    def carry_out(code: str) -> Response | tuple[str, int]:
        return _carry_out(code, action)

    for view, method, name in ((show, "GET", "ask"), (carry_out, "POST", "do")):
        view.__qualname__ = f"{name}_{action.slug}"
        guarded: Callable[..., Any] = guard.requires(MANAGER, COMMISSIONING)(view)
        blueprint.add_url_rule(
            f"/<code>/{action.slug}", f"{name}_{action.slug}", guarded, methods=[method]
        )


for each in action_forms.ALL:
    _add(each)
