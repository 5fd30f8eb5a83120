"""The registers: lawful exceptions, and reasons for delay."""

from typing import Final

import flask

from webapp.auth import guard
from workflows.access.people import CASEWORK, MANAGER, PANEL
from workflows.queries import registers as query

blueprint: Final = flask.Blueprint("registers", __name__, url_prefix="/registers")


@blueprint.get("")
@guard.requires(CASEWORK, PANEL, MANAGER)
def registers() -> str:
    """Show what was excused and on which ground, and what was late and why."""
    with guard.system().read() as connection:
        found = query.registers(connection, guard.person())
    others = bool(guard.person().roles & {CASEWORK, MANAGER})
    return flask.render_template("registers/registers.html", found=found, others=others)
