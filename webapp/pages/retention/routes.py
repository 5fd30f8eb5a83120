"""Retention and legal hold: rules, what is due, and two people who let it be erased."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.retention import forms
from webapp.presentation import problem
from workflows.access import privacy_law
from workflows.access.people import ADMIN
from workflows.calendar import london
from workflows.commands.decide_erasure import DecideErasure
from workflows.commands.end_retention_rule import EndRetentionRule
from workflows.commands.lift_hold import LiftHold
from workflows.commands.place_hold import PlaceHold
from workflows.commands.propose_erasure import ProposeErasure
from workflows.queries import retention_page as query
from workflows.store import retention

blueprint: Final = flask.Blueprint("retention", __name__, url_prefix="/administration/retention")


@blueprint.get("")
@guard.requires(ADMIN)
def retention_rules() -> str:
    """Show how long cases are kept, what is due, and what is on hold."""
    here = guard.system()
    today = london.local_date(here.now())
    with here.read() as connection:
        page = query.retention_page(connection, today)
    return flask.render_template(
        "retention/retention.html",
        page=page,
        due=[each for each in page.due if not each.is_held],
        held=[each for each in page.due if each.is_held],
        most=retention.MOST,
        today=today,
        words=forms,
    )


@blueprint.get("/rules/new")
@guard.requires(ADMIN)
def new_rule() -> str:
    """Ask how long which cases are kept."""
    return _rule_form({})


@blueprint.post("/rules/new")
@guard.requires(ADMIN)
def add_rule() -> Response | tuple[str, int]:
    """Add a rule."""
    given = flask.request.form
    try:
        guard.system().execute(forms.rule(given), guard.person())
    except errors.Invalid as refusal:
        return _rule_form(given, refusal), problem.status_of(refusal)
    flask.flash("The rule has been added.", "success")
    return flask.redirect("/administration/retention", 303)


@blueprint.post("/rules/<uuid:rule_id>/end")
@guard.requires(ADMIN)
def end_rule(rule_id: UUID) -> Response:
    """Let a rule hold for the last time today."""
    guard.system().execute(EndRetentionRule(rule_id), guard.person())
    flask.flash("Today is the last day of the rule.", "success")
    return flask.redirect("/administration/retention", 303)


@blueprint.get("/holds/new")
@guard.requires(ADMIN)
def new_hold() -> str:
    """Ask which case is kept, and why."""
    return _hold_form({})


@blueprint.post("/holds/new")
@guard.requires(ADMIN)
def place_hold() -> Response | tuple[str, int]:
    """Keep a case."""
    here, given = guard.system(), flask.request.form
    try:
        with here.read() as connection:
            case_id = query.any_case(connection, given.get("case", ""))
        here.execute(PlaceHold(case_id, given.get("reason", "")), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _hold_form(given, refusal), problem.status_of(refusal)
    flask.flash("The case is on legal hold.", "success")
    return flask.redirect("/administration/retention", 303)


@blueprint.post("/holds/<uuid:case_id>/lift")
@guard.requires(ADMIN)
def lift_hold(case_id: UUID) -> Response:
    """Let the rules hold for a case again."""
    try:
        reason = flask.request.form.get("reason", "")
        guard.system().execute(LiftHold(case_id, reason), guard.person())
        flask.flash("The legal hold is lifted.", "success")
    except (errors.Invalid, errors.Conflict) as refusal:
        flask.flash(f"Nothing was changed. {refusal.message}", "info")
    return flask.redirect("/administration/retention", 303)


@blueprint.post("/proposals")
@guard.requires(ADMIN)
def propose() -> Response:
    """Propose to erase what is due."""
    command = ProposeErasure()
    try:
        guard.system().execute(command, guard.person())
    except errors.Conflict as refusal:
        flask.flash(refusal.message, "info")
        return flask.redirect("/administration/retention", 303)
    address = flask.url_for("retention.proposal", proposal_id=command.proposal_id)
    return flask.redirect(address, 303)


@blueprint.get("/proposals/<uuid:proposal_id>")
@guard.requires(ADMIN)
def proposal(proposal_id: UUID) -> str:
    """Show which cases are to be erased, or how far that is."""
    return _proposal(proposal_id)


@blueprint.post("/proposals/<uuid:proposal_id>/decide")
@guard.requires(ADMIN)
def decide(proposal_id: UUID) -> Response | tuple[str, int]:
    """Confirm it, as another person than who proposed it; or withdraw it."""
    given = flask.request.form
    command = DecideErasure(
        proposal_id,
        confirm=given.get("decision") == "confirm",
        understood=given.get("understood") == "yes",
    )
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict, errors.Forbidden) as refusal:
        return _proposal(proposal_id, refusal), problem.status_of(refusal)
    said = "The cases are being erased." if command.confirm else "The proposal is withdrawn."
    flask.flash(said, "success")
    return flask.redirect(flask.url_for("retention.proposal", proposal_id=proposal_id), 303)


def _rule_form(given: Mapping[str, str], refusal: errors.Refused | None = None) -> str:
    return flask.render_template(
        "retention/rule.html",
        given=given,
        common=privacy_law.current().common,
        words=forms,
        **_errors(refusal),
    )


def _hold_form(given: Mapping[str, str], refusal: errors.Refused | None = None) -> str:
    return flask.render_template("retention/hold.html", given=given, **_errors(refusal))


def _proposal(proposal_id: UUID, refusal: errors.Refused | None = None) -> str:
    with guard.system().read() as connection:
        found, items = query.proposal_page(connection, proposal_id)
        rules = {each.id: each for each in retention.rules(connection)}
    return flask.render_template(
        "retention/proposal.html",
        proposal=found,
        items=items,
        rules=rules,
        is_own=found.proposed_by == guard.person().id,
        words=forms,
        **_errors(refusal),
    )


def _errors(refusal: errors.Refused | None) -> dict[str, Any]:
    found = dict(refusal.errors) if refusal else {}
    listed = [{"text": text, "href": f"#{name}"} for name, texts in found.items() for text in texts]
    if refusal and not listed:
        listed = [{"text": refusal.message}]
    return {"errors": found, "error_list": listed}
