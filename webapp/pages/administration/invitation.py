"""Choose a password by an invitation; for whoever has its link."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors, ports
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import invitations, passwords
from workflows.commands.accept_invitation import AcceptInvitation

blueprint: Final = flask.Blueprint("invitation", __name__, url_prefix="/invitation")


@blueprint.get("/<token>")
@guard.open_to_anyone
def ask(token: str) -> str:
    """Ask for the password."""
    return _page(token)


@blueprint.post("/<token>")
@guard.open_to_anyone
def accept(token: str) -> Response | tuple[str, int]:
    """Keep the password, and go to the sign-in."""
    given = flask.request.form.get("password", "")
    if given != flask.request.form.get("again", ""):
        words = "The two passwords differ"
        return _page(token, errors.Invalid(words, errors={"again": (words,)})), 422
    try:
        guard.system().execute(AcceptInvitation(token, given), ports.SYSTEM)
    except errors.Invalid as refusal:
        return _page(token, refusal), problem.status_of(refusal)
    flask.flash("Your password is set. Sign in with it.", "success")
    return flask.redirect("/sign-in", 303)


def _page(token: str, refusal: errors.Invalid | None = None) -> str:
    here = guard.system()
    with here.read() as connection:
        invited = invitations.find(connection, token, here.now())
    return flask.render_template(
        "administration/invitation.html",
        invited=invited,
        token=token,
        shortest=passwords.SHORTEST,
        error=refusal.message if refusal else "",
        at="again" if refusal and "again" in refusal.errors else "password",
    )
