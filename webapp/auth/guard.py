"""Know who asks, and let in only whom a page is for."""

import functools
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

import flask
from werkzeug.wrappers import Response

from workflows.access import sign_in
from workflows.access.people import Person
from workflows.bootstrap import System

COOKIE: Final = "ehcflow_session"
ANYONE: Final = "anyone"
SIGNED_IN: Final = "signed in"
ACCESS: dict[
    str, str
] = {}  # view function to whom it is for: every route is on it, tests see to it

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


def system() -> System:
    """Return the system that the application was made with."""
    return cast("System", flask.current_app.extensions["ehcflow"])


def person() -> Person:
    """Return who is signed in; pages that ask are only for people who are."""
    return cast("Person", flask.g.person)


def load_person() -> None:
    """Find out who asks, before each request."""
    flask.g.person = None
    secret = flask.request.cookies.get(COOKIE, "")
    if secret:
        here = system()
        flask.g.person = sign_in.person_of_session(here.engine, secret, here.now())


def open_to_anyone(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Mark a view that needs no sign-in."""
    ACCESS[_name(view)] = ANYONE
    return view


def requires(*roles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let in people who are signed in, and have one of the roles where some are named."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        ACCESS[_name(view)] = ", ".join(roles) or SIGNED_IN

        @functools.wraps(view)
        def guarded(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            if flask.g.person is None:
                return _to_sign_in()
            if roles and not person().roles & set(roles):
                flask.abort(404)
            return view(*arguments, **named)

        return guarded

    return decorate


def _to_sign_in() -> Response:
    if flask.request.method != "GET":
        flask.abort(401)
    return flask.redirect(
        flask.url_for("account.sign_in", next=flask.request.full_path.rstrip("?")), 303
    )


def _name(view: Callable[..., Any]) -> str:
    return f"{view.__module__}.{view.__qualname__}"
