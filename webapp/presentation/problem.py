"""Refusals as answers: the status of each of the five kinds, and problem details of RFC 9457."""

from collections.abc import Mapping
from typing import Any, Final

from engine import errors
from workflows.access.sign_in import TooManyAttempts
from workflows.documents.store import TooLarge

STATUSES: Final = (
    (TooManyAttempts, 429),
    (TooLarge, 413),
    (errors.NotFound, 404),
    (errors.Forbidden, 403),
    (errors.Conflict, 409),
    (errors.Invalid, 422),
)
TITLES: Final = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    413: "Too large",
    422: "Invalid values",
    429: "Too many requests",
    500: "Internal error",
}


def status_of(refusal: errors.Refused) -> int:
    """Return the HTTP status of a refusal."""
    return next((status for kind, status in STATUSES if isinstance(refusal, kind)), 422)


def details(refusal: errors.Refused) -> dict[str, Any]:
    """Return the problem details of a refusal."""
    status = status_of(refusal)
    found: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": refusal.message,
    }
    if refusal.errors:
        found["errors"] = {name: list(messages) for name, messages in refusal.errors.items()}
    return {**found, **refusal.details}


def error_items(faults: Mapping[str, str], anchors: Mapping[str, str]) -> list[dict[str, str]]:
    """Return faults by field as the items of an error summary, linked where a field has a place."""
    return [
        {"text": text, **({"href": anchors[name]} if name in anchors else {})}
        for name, text in faults.items()
    ]
