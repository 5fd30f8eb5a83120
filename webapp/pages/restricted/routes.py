"""Restrict a case, lift the restriction, break the glass, and acknowledge that others did."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.restricted import forms
from webapp.presentation import problem
from workflows.access import record, restricted, sight
from workflows.access.people import CASEWORK, FAMILY, MANAGER
from workflows.commands.acknowledge_glass import AcknowledgeGlass
from workflows.commands.break_glass import BreakGlass
from workflows.commands.lift_restriction import LiftRestriction
from workflows.commands.restrict_case import RestrictCase
from workflows.queries import glass_alerts, restriction_page as query

blueprint: Final = flask.Blueprint("restricted", __name__)


@blueprint.get("/cases/<uuid:case_id>/restriction")
@guard.requires(CASEWORK, MANAGER)
def restriction(case_id: UUID) -> str:
    """Ask who is to see a case, and why so few."""
    return _restriction(case_id)


@blueprint.post("/cases/<uuid:case_id>/restriction")
@guard.requires(CASEWORK, MANAGER)
def restrict(case_id: UUID) -> Response | tuple[str, int]:
    """Restrict the case, or choose anew who sees it."""
    given = flask.request.form
    command = RestrictCase(
        case_id,
        given.get("kind", ""),
        given.get("reason", ""),
        tuple(given.getlist("people")),
        tuple(given.getlist("teams")),
    )
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _restriction(case_id, refusal), problem.status_of(refusal)
    flask.flash("The case is restricted. Only those who are named see it.", "success")
    return flask.redirect(flask.url_for("cases.case", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/restriction/lift")
@guard.requires(CASEWORK, MANAGER)
def lift(case_id: UUID) -> Response | tuple[str, int]:
    """Lift the restriction."""
    command = LiftRestriction(case_id, flask.request.form.get("lift-reason", ""))
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        errors_here = {"lift-reason": refusal.errors["reason"]}
        again = errors.Invalid(refusal.message, errors=errors_here)
        return _restriction(case_id, again), problem.status_of(refusal)
    flask.flash("The restriction is lifted.", "success")
    return flask.redirect(flask.url_for("cases.case", case_id=case_id), 303)


@blueprint.get("/cases/<uuid:case_id>/break-glass")
@guard.requires()
def glass(case_id: UUID) -> str:
    """Say that a case is restricted, and ask why it must be opened."""
    return _glass(case_id)


@blueprint.post("/cases/<uuid:case_id>/break-glass")
@guard.requires()
def break_glass(case_id: UUID) -> Response | tuple[str, int]:
    """Open the case for an hour; those who are named for it are told."""
    here, person = guard.system(), guard.person()
    site = flask.current_app.extensions["settings"].site_url
    reason = flask.request.form.get("reason", "")
    try:
        here.execute(BreakGlass(case_id, reason, site), person)
    except errors.Invalid as refusal:
        return _glass(case_id, refusal), problem.status_of(refusal)
    flask.flash(
        "The case is open to you for an hour. Those named for it have been told.", "success"
    )
    return flask.redirect(flask.url_for("cases.case", case_id=case_id), 303)


@blueprint.get("/access-record/alerts")
@guard.requires()
def alerts() -> str:
    """Show which restricted cases were opened, to whom that was told."""
    with guard.system().read() as connection:
        found = glass_alerts.glass_alerts(connection, guard.person())
    return flask.render_template("restricted/alerts.html", alerts=found)


@blueprint.post("/access-record/alerts/<uuid:glass_id>/acknowledge")
@guard.requires()
def acknowledge(glass_id: UUID) -> Response:
    """Take note of one of them."""
    guard.system().execute(AcknowledgeGlass(glass_id), guard.person())
    flask.flash("You have acknowledged the alert.", "success")
    return flask.redirect(flask.url_for("restricted.alerts"), 303)


def _restriction(case_id: UUID, refusal: errors.Refused | None = None) -> str:
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = query.restriction_page(connection, person, case_id)
    record.record_view(
        here.engine, person, case_id, what="form: Restriction", why=page.why, now=now
    )
    form = forms.restriction(page)
    return flask.render_template(
        "restricted/restriction.html",
        page=page,
        form=form,
        values=forms.restriction_values(page, flask.request.form),
        titles=restricted.TITLES,
        **_errors(refusal),
    )


def _glass(case_id: UUID, refusal: errors.Refused | None = None) -> str:
    here, person, now = guard.system(), guard.person(), guard.system().now()
    if person.roles <= {FAMILY}:
        raise sight.NoSuchCase
    with here.read() as connection:
        reference = sight.may_break_glass(connection, person, case_id)
    what, why = "break-glass: asked", "restricted case"
    record.record_view(here.engine, person, case_id, what=what, why=why, now=now)
    return flask.render_template(
        "restricted/glass.html",
        case_id=case_id,
        reference=reference,
        reason=flask.request.form.get("reason", ""),
        **_errors(refusal),
    )


def _errors(refusal: errors.Refused | None) -> dict[str, Any]:
    found = dict(refusal.errors) if refusal else {}
    return {
        "errors": found,
        "error_list": [
            {"text": text, "href": f"#{name}"} for name, texts in found.items() for text in texts
        ],
    }
