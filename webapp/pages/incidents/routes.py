"""Steps that failed: grouped by cause, tried again one by one or all of a cause."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.changes import IncidentRaised
from engine.commands.retry_incident import RetryIncident
from webapp.auth import guard
from webapp.pages.incidents import presenters
from workflows.access.people import MANAGER
from workflows.commands.retry_incidents import RetryIncidents
from workflows.queries import resolved_incidents as resolved_query, retry_progress as progress_query
from workflows.queries.incident_groups import incident_group, incident_groups

blueprint: Final = flask.Blueprint("incidents", __name__, url_prefix="/incidents")


@blueprint.get("")
@guard.requires(MANAGER)
def groups() -> str:
    """Show what failed and why, the causes with most cases first."""
    here = guard.system()
    with here.read() as connection:
        found = incident_groups(connection, guard.person())
    return flask.render_template(
        "incidents/groups.html", groups=presenters.rows(found, here), shown=presenters.SHOWN
    )


@blueprint.get("/resolved")
@guard.requires(MANAGER)
def resolved() -> str:
    """Show what failed and was helped on, the latest first."""
    with guard.system().read() as connection:
        found = resolved_query.resolved_incidents(
            connection, guard.person(), cursor=flask.request.args.get("cursor")
        )
    return flask.render_template("incidents/resolved.html", found=found, how=presenters.HOW)


@blueprint.get("/groups/<key>")
@guard.requires(MANAGER)
def group(key: str) -> str:
    """Show one cause with its cases."""
    with guard.system().read() as connection:
        found = incident_group(connection, guard.person(), key)
    (row,) = presenters.rows([found], guard.system())
    return flask.render_template("incidents/group.html", group=found, row=row)


@blueprint.post("/groups/<key>/retry")
@guard.requires(MANAGER)
def retry_group(key: str) -> Response:
    """Try all failed steps of a cause again: the worker does so, one by one."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = incident_group(connection, person, key)
    command = RetryIncidents(found.incident_ids, f"{found.name}: {found.why}")
    here.execute(command, person)
    return flask.redirect(flask.url_for("incidents.progress", retry_id=command.retry_id), 303)


@blueprint.get("/retries/<uuid:retry_id>")
@guard.requires(MANAGER)
def progress(retry_id: UUID) -> str:
    """Show how far a retry has come, and what became of each step."""
    with guard.system().read() as connection:
        found = progress_query.retry_progress(connection, guard.person(), retry_id)
    return flask.render_template("incidents/progress.html", retry=found, words=presenters.OUTCOMES)


@blueprint.post("/<uuid:incident_id>/retry")
@guard.requires(MANAGER)
def retry(incident_id: UUID) -> Response:
    """Try one failed step again, and say how it went."""
    back = flask.request.form.get("back", "")
    try:
        outcome = guard.system().execute(RetryIncident(incident_id), guard.person())
    except (errors.Conflict, errors.Invalid) as refusal:
        flask.flash(f"It was not tried again. {refusal.message}", "error")
    else:
        again = outcome.of(IncidentRaised)
        if again:
            flask.flash(f"It failed again: {again[0].message}", "error")
        else:
            flask.flash("The step went through, and the process goes on.", "success")
    return flask.redirect(back if back.startswith("/instances/") else "/incidents", 303)
