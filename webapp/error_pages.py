"""Pages of errors that help, and problem details for programs."""

import logging
from typing import Final

import flask
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from engine import errors
from webapp.presentation import problem
from workflows.access.sight import RestrictedCase

logger = logging.getLogger(__name__)

ADVICE: Final = {
    400: ("There is a problem with the request", "Go back and try again."),
    401: (
        "Sign in first",
        "You were signed out. Sign in and try again.",
    ),
    403: (
        "You cannot do that",
        "Your role does not allow it. If you think it should, ask your manager.",
    ),
    404: (
        "Page not found",
        "If you typed the address, check it. The page may have gone, or may not be yours.",
    ),
    405: ("Page not found", "This address cannot be opened like that."),
    409: ("Someone was quicker", "Go back to see how it stands now."),
    413: ("The file is too large", "Upload a file of at most 25 MB."),
    422: ("There is a problem", "Nothing was changed. Go back and correct it."),
    429: ("Too many attempts", "Wait 15 minutes and try again."),
    500: ("Sorry, there is a problem", "Nothing was changed. Try again later."),
}


def register(app: flask.Flask) -> None:
    """Let every error be answered."""
    app.register_error_handler(errors.Refused, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refused(refusal: errors.Refused) -> tuple[Response | str, int]:
    status = problem.status_of(refusal)
    if _for_program():
        return _problem(problem.details(refusal), status), status
    if isinstance(refusal, RestrictedCase) and flask.request.method == "GET":
        case_id = refusal.details.get("case_id", "")
        return flask.redirect(f"/cases/{case_id}/break-glass", 303), 303
    return _page(status, refusal.message), status


def _forged(error: CSRFError) -> tuple[flask.Response | str, int]:
    text = "The form was open for too long. Go back, reload the page and send it again."
    if _for_program():
        return _problem({"title": "Bad request", "status": 400, "detail": str(error)}, 400), 400
    return _page(400, text), 400


def _http(error: HTTPException) -> tuple[flask.Response | str, int] | HTTPException:
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 (redirects are no errors)
        return error
    if _for_program():
        body = {
            "type": "about:blank",
            "title": problem.TITLES.get(status, error.name),
            "status": status,
            "detail": error.description or error.name,
        }
        found = getattr(error, "data", None) or {}
        if found.get("messages"):
            body["errors"] = _flat(found["messages"])
        return _problem(body, status), status
    return _page(status, ""), status


def _unexpected(error: Exception) -> tuple[flask.Response | str, int]:
    logger.error(
        "request failed", exc_info=error, extra={"request_id": flask.g.get("request_id", "")}
    )
    answered = _http(InternalServerError())
    if isinstance(answered, HTTPException):
        return "", 500
    return answered


def _flat(messages: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if isinstance(messages, dict):
        for part in messages.values():
            if isinstance(part, dict):
                found |= {
                    str(name): [str(one) for one in _listed(why)] for name, why in part.items()
                }
    return found


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _for_program() -> bool:
    asked = flask.request.accept_mimetypes.best
    return flask.request.path.startswith("/api/") or asked == "application/json"


def _problem(body: dict[str, object], status: int) -> flask.Response:
    response = flask.jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _page(status: int, message: str) -> str:
    title, advice = ADVICE.get(status, ADVICE[500])
    return flask.render_template(
        "errors/error.html",
        title=title,
        message=message,
        advice=advice,
        status=status,
        request_id=flask.g.get("request_id", ""),
    )
