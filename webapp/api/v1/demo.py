"""The demo's clock."""

from typing import Any

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.demo import clock

blueprint = Blueprint("api_demo", __name__, description="The demo's clock")


@blueprint.post("/demo/clock")
@blueprint.arguments(shapes.Advance)
@blueprint.response(200)
@door.for_people
def advance(body: dict[str, Any]) -> dict[str, Any]:
    """Let time pass: timers fire in the order of their dates, each at its own."""
    here = guard.system()
    if not here.demo:
        flask.abort(404)
    fired = clock.advance(here, body["advance"])
    return {"now": here.now().isoformat(), "timers_fired": fired}
