"""The API tokens of everybody."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from webapp.auth import guard
from webapp.pages.administration import dialog
from workflows.access.people import ADMIN
from workflows.commands.revoke_token import RevokeToken
from workflows.queries import token_list

blueprint: Final = flask.Blueprint("tokens", __name__, url_prefix="/administration/tokens")


@blueprint.get("")
@guard.requires(ADMIN)
def listed() -> str:
    """Show all tokens: whose, for what, used when."""
    here = guard.system()
    with here.read() as connection:
        found = token_list.token_list(connection, here.now())
    return flask.render_template("administration/tokens.html", tokens=found)


@blueprint.post("/<token_id>/revoke")
@guard.requires(ADMIN)
def revoke(token_id: str) -> Response:
    """Revoke a token at once."""
    return dialog.act(RevokeToken(token_id), "The token is revoked.", "/administration/tokens")
