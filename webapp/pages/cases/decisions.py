"""The decision record of a case."""

from typing import Final
from uuid import UUID

import flask

from webapp.auth import guard
from workflows.access import record
from workflows.queries import case_page, decision_list

blueprint: Final = flask.Blueprint("decisions", __name__, url_prefix="/cases/<uuid:case_id>")


@blueprint.get("/decisions")
@guard.requires()
def decisions(case_id: UUID) -> str:
    """Show what was decided, by which test and on which documents; the look is on record."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        found = decision_list.decision_list(connection, person, case_id)
        page = case_page.case_page(connection, person, case_id, now=now)
    record.record_view(here.engine, person, case_id, what="decision record", why=found.why, now=now)
    return flask.render_template("cases/decisions.html", case=page.case, found=found)
