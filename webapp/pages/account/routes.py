"""Sign in, sign out, one's own profile."""

from typing import Final
from urllib.parse import urlencode, urlsplit

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import people, sign_in as access
from workflows.access.people import FAMILY, ROLE_NAMES
from workflows.commands.choose_digest import ChooseDigest
from workflows.digests import due
from workflows.digests.preference import frequency_of
from workflows.queries import access_list

blueprint: Final = flask.Blueprint("account", __name__)


@blueprint.get("/")
@guard.requires()
def home() -> Response:
    """Go to one's tasks."""
    return flask.redirect("/tasks", 303)


@blueprint.get("/sign-in")
@guard.open_to_anyone
def sign_in() -> str:
    """Ask for email address and password."""
    return _form()


@blueprint.post("/sign-in")
@guard.open_to_anyone
def begin_session() -> Response | tuple[str, int]:
    """Check the password and begin a session."""
    here = guard.system()
    email = flask.request.form.get("email", "")
    try:
        secret = access.sign_in(
            here.engine,
            email,
            flask.request.form.get("password", ""),
            address=flask.request.remote_addr or "",
            now=here.now(),
        )
    except errors.Forbidden as refusal:
        return _form(email=email, error=refusal.message), problem.status_of(refusal)
    response = flask.redirect(_inside(flask.request.form.get("next", "")), 303)
    settings = flask.current_app.extensions["settings"]
    response.set_cookie(
        guard.COOKIE, secret, httponly=True, samesite="Lax", secure=settings.secure_cookies
    )
    return response


@blueprint.post("/sign-out")
@guard.open_to_anyone
def sign_out() -> Response:
    """End the session."""
    access.sign_out(guard.system().engine, flask.request.cookies.get(guard.COOKIE, ""))
    response = flask.redirect("/sign-in", 303)
    response.delete_cookie(guard.COOKIE)
    flask.flash("You have signed out.", "success")
    return response


@blueprint.get("/account")
@guard.requires()
def profile() -> str:
    """Show who one is here, and how often one is written to."""
    return _profile()


@blueprint.get("/account/record")
@guard.requires()
def own_record() -> str:
    """Show what one has looked at, and why one could."""
    person = guard.person()
    chosen = access_list.AccessFilter(person=person.id)
    with guard.system().read() as connection:
        found = access_list.access_list(
            connection, person, chosen, cursor=flask.request.args.get("cursor") or None
        )
    more = found.next_cursor
    return flask.render_template(
        "account/record.html",
        found=found,
        next_link=f"/account/record?{urlencode({'cursor': more})}" if more else "",
    )


@blueprint.post("/account/digest")
@guard.requires()
def choose_digest() -> Response | tuple[str, int]:
    """Choose how often one is written to."""
    command = ChooseDigest(flask.request.form.get("digest", ""))
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _profile(refusal), problem.status_of(refusal)
    flask.flash("Your choice is saved.", "success")
    return flask.redirect("/account", 303)


@blueprint.get("/accessibility")
@guard.open_to_anyone
def accessibility() -> str:
    """Show the accessibility statement."""
    return flask.render_template("account/accessibility.html")


def _profile(refusal: errors.Invalid | None = None) -> str:
    with guard.system().read() as connection:
        kept = people.setting(connection, guard.person().id, due.SETTING)
    return flask.render_template(
        "account/profile.html",
        role_names=ROLE_NAMES,
        frequency=frequency_of(kept),
        gets_digests=bool(guard.person().roles - {FAMILY}),
        error=refusal.message if refusal else "",
    )


def _form(email: str = "", error: str = "") -> str:
    return flask.render_template(
        "account/sign_in.html",
        email=email,
        error=error,
        next=flask.request.values.get("next", ""),
        is_demo=guard.system().demo,
    )


def _inside(address: str) -> str:
    """Return an address of this site, the home page for any other."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and not parts.netloc and not parts.scheme else "/tasks"
