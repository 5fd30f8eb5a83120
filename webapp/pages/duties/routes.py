"""Every duty with a time limit, and where it is opened and met."""

from typing import Final

import flask

from webapp.auth import guard
from webapp.pages.duties import presenters
from workflows.queries.duty_list import duty_list
from workflows.rulebook import load

blueprint: Final = flask.Blueprint("duties", __name__, url_prefix="/duties")


@blueprint.get("")
@guard.requires()
def duties() -> str:
    """Show the rulebook: what must be done, by when, from when, under which law."""
    here = guard.system()
    with here.read() as connection:
        rows = duty_list(connection, load.current(), here.executor.bundles)
    return flask.render_template(
        "duties/duties.html",
        areas=presenters.areas(rows),
        words=presenters,
        rulebook=load.current(),
        may_open_diagrams=presenters.may_open_diagrams(guard.person()),
    )
