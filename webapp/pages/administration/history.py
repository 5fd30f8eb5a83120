"""The history of administration."""

from typing import Final

import flask

from webapp.auth import guard
from workflows.access.people import ADMIN
from workflows.queries import administration_history

blueprint: Final = flask.Blueprint(
    "administration_history", __name__, url_prefix="/administration/history"
)
THINGS: Final = (
    ("agency", "Agencies"),
    ("team", "Teams"),
    ("area", "Areas"),
    ("authority", "The authority"),
    ("person", "People"),
    ("routing", "Routing"),
    ("closure", "Closures"),
    ("term", "School terms"),
    ("token", "API tokens"),
    ("webhook", "Webhooks"),
)


@blueprint.get("")
@guard.requires(ADMIN)
def history() -> str:
    """Show who changed what, when, from what to what."""
    what = flask.request.args.get("what", "")
    with guard.system().read() as connection:
        page = administration_history.administration_history(
            connection, what=what, cursor=flask.request.args.get("cursor")
        )
    return flask.render_template(
        "administration/history.html",
        page=page,
        what=what,
        things=THINGS,
        names=dict(THINGS),
    )
