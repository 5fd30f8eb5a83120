"""Be away for some days: for oneself from the account, for others as a manager."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.absences import form
from webapp.presentation import problem
from workflows.access import people
from workflows.access.people import FAMILY, MANAGER, Person
from workflows.commands.end_absence import EndAbsence
from workflows.queries import absence_list

blueprint: Final = flask.Blueprint("absences", __name__)


@blueprint.get("/account/absence")
@guard.requires()
def own() -> str:
    """Show one’s own absences, and ask for another."""
    return _page(guard.person())


@blueprint.post("/account/absence")
@guard.requires()
def set_own() -> Response | tuple[str, int]:
    """Be away."""
    return _set(guard.person())


@blueprint.post("/account/absence/<uuid:absence_id>/end")
@guard.requires()
def end_own(absence_id: UUID) -> Response:
    """Be back."""
    return _end(absence_id, guard.person())


@blueprint.get("/step-in/absences")
@guard.requires(MANAGER)
def choose() -> str:
    """Ask whose absence it is."""
    with guard.system().read() as connection:
        everybody = people.with_teams(connection)
    return flask.render_template("absences/choose.html", people=everybody)


@blueprint.get("/step-in/absences/of")
@guard.requires(MANAGER)
def of_chosen() -> Response:
    """Go to the absences of whoever was chosen."""
    person_id = flask.request.args.get("person", "")
    if not person_id:
        return flask.redirect(flask.url_for("absences.choose"), 303)
    return flask.redirect(flask.url_for("absences.of_other", person_id=person_id), 303)


@blueprint.get("/step-in/absences/<person_id>")
@guard.requires(MANAGER)
def of_other(person_id: str) -> str:
    """Show somebody’s absences, and ask for another."""
    return _page(_person(person_id))


@blueprint.post("/step-in/absences/<person_id>")
@guard.requires(MANAGER)
def set_other(person_id: str) -> Response | tuple[str, int]:
    """Let somebody be away."""
    return _set(_person(person_id))


@blueprint.post("/step-in/absences/<person_id>/<uuid:absence_id>/end")
@guard.requires(MANAGER)
def end_other(person_id: str, absence_id: UUID) -> Response:
    """Let somebody be back."""
    return _end(absence_id, _person(person_id))


def _person(person_id: str) -> Person:
    with guard.system().read() as connection:
        return people.person(connection, person_id)


def _page(person: Person, refusal: errors.Refused | None = None) -> str:
    asked = form.form_for(person)
    posted = read.posted(asked, flask.request.form) if flask.request.method == "POST" else {}
    with guard.system().read() as connection:
        found = absence_list.absence_list(connection, person.id)
    return flask.render_template(
        "absences/absences.html",
        of=person,
        absences=found,
        form=asked,
        values={each.id: each.default for each in asked.fields} | posted,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(asked, refusal),
        address=_address(person),
        in_team=any(each.team_id and each.role != FAMILY for each in person.memberships),
    )


def _set(person: Person) -> Response | tuple[str, int]:
    try:
        guard.system().execute(form.command(person), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(person, refusal), problem.status_of(refusal)
    flask.flash("The absence is entered.", "success")
    return flask.redirect(_address(person), 303)


def _end(absence_id: UUID, person: Person) -> Response:
    guard.system().execute(EndAbsence(absence_id, person.id), guard.person())
    flask.flash("The absence has ended.", "success")
    return flask.redirect(_address(person), 303)


def _address(person: Person) -> str:
    if person.id == guard.person().id:
        return "/account/absence"
    return flask.url_for("absences.of_other", person_id=person.id)
