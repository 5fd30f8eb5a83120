"""One's own API tokens."""

import datetime as dt
from typing import Any, Final

import flask
from werkzeug.wrappers import Response

from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.pages.administration import dialog
from webapp.pages.administration.dialog import Dialog
from workflows.calendar import london
from workflows.commands.make_token import MakeToken
from workflows.commands.revoke_token import RevokeToken
from workflows.queries import token_list
from workflows.store import tokens

blueprint: Final = flask.Blueprint("own_tokens", __name__, url_prefix="/account/tokens")
PAGE: Final = "/account/tokens"
USUAL: Final = dt.timedelta(days=90)
FORM: Final = FormDefinition(
    (
        FormField(
            "name",
            "What it is for",
            FieldType.STRING,
            required=True,
            maximum=120,
            hint="The program that will use it",
        ),
        FormField(
            "scope",
            "What it may do",
            FieldType.ENUM,
            required=True,
            options=tuple(tokens.SCOPES.items()),
        ),
        FormField(
            "last_day", "Last day", FieldType.DATE, required=True, hint="Within a year from today"
        ),
    )
)


@blueprint.get("")
@guard.requires()
def listed() -> str:
    """Show one's tokens."""
    here = guard.system()
    with here.read() as connection:
        found = token_list.token_list(connection, here.now(), guard.person().id)
    return flask.render_template("administration/own_tokens.html", tokens=found)


@blueprint.post("/<token_id>/revoke")
@guard.requires()
def revoke(token_id: str) -> Response:
    """Revoke one's token at once."""
    return dialog.act(RevokeToken(token_id), "The token is revoked.", PAGE)


def make_token() -> Dialog:
    """Make a token."""
    today = london.local_date(guard.system().now())
    return Dialog(
        "Make an API token",
        "Whoever has the token can do through the API what you can do here. It is shown once.",
        "Make the token",
        ("Back to your tokens", PAGE),
        lambda given: MakeToken(
            given["name"], given["scope"], dt.date.fromisoformat(given["last_day"])
        ),
        "",
        PAGE,
        FORM,
        {"scope": tokens.READ, "last_day": (today + USUAL).isoformat()},
        shows=_shown,
    )


dialog.add(blueprint, "/make", make_token, roles=())


def _shown(command: Any) -> str:  # noqa: ANN401 (the command that was carried out)
    return flask.render_template(
        "administration/secret.html",
        title="Your token",
        lead="Copy it now. It is kept as a hash only, and cannot be shown again.",
        secret=command.secret,
        back=PAGE,
    )
