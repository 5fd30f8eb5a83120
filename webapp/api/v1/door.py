"""What every resource does at its door: know who asks, execute with an idempotency key."""

import functools
from collections.abc import Callable
from typing import Any

import flask

from engine.definitions.forms import FormDefinition
from engine.executor import Outcome
from webapp.auth import guard


def for_people(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse whoever has no valid token."""
    guard.ACCESS[f"{view.__module__}.{view.__qualname__}"] = "token"

    @functools.wraps(view)
    def guarded(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if flask.g.person is None:
            flask.abort(401, "Send a valid token as “Authorization: Bearer TOKEN”.")
        return view(*arguments, **named)

    return guarded


def execute(command: object) -> Outcome:
    """Execute a command as whoever asks; the same Idempotency-Key answers the same."""
    key = flask.request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= 200:  # noqa: PLR2004 (the column's width)
        flask.abort(400, "An Idempotency-Key has 1 to 200 characters.")
    return guard.system().execute(command, guard.person(), key=key)


def form_of(form: FormDefinition) -> dict[str, Any]:
    """Return a form as the API shows it."""
    return {
        "fields_": [
            {
                "id": each.id,
                "label": each.label,
                "type": each.type.value,
                "required": each.required,
                "hint": each.hint,
                "options": [{"value": value, "label": label} for value, label in each.options],
            }
            for each in form.fields
        ]
    }
