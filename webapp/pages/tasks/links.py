"""Send personal links to a task, and withdraw them."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import record
from workflows.commands.make_link import MakeLink
from workflows.commands.revoke_link import RevokeLink
from workflows.queries import case_page, link_list, task_page as task_query

blueprint: Final = flask.Blueprint("task_links", __name__, url_prefix="/tasks/<uuid:task_id>/links")
FIELDS: Final = ("link_name", "link_email")


@blueprint.post("")
@guard.requires()
def send(task_id: UUID) -> Response | tuple[str, int]:
    """Send a link; what was typed is shown again when it cannot be."""
    given = {name: flask.request.form.get(name, "") for name in FIELDS}
    site = flask.url_for("personal_link.show", token="", _external=True)
    command = MakeLink(task_id, given["link_name"], given["link_email"], site)
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _again(task_id, given, refusal), problem.status_of(refusal)
    flask.flash("The personal link is on its way by email.", "success")
    return flask.redirect(flask.url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/<uuid:link_id>/revoke")
@guard.requires()
def revoke(task_id: UUID, link_id: UUID) -> Response:
    """Withdraw a link."""
    guard.system().execute(RevokeLink(task_id, link_id), guard.person())
    flask.flash("The personal link is withdrawn.", "success")
    return flask.redirect(flask.url_for("tasks.task", task_id=task_id), 303)


def _again(task_id: UUID, given: dict[str, str], refusal: errors.Refused) -> str:
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = task_query.task_page(connection, person, task_id, here.executor.bundles, now=now)
        case = case_page.case_page(connection, person, page.item.case_id, now=now)
        found = link_list.link_list(connection, person, task_id, now=now)
    record.record_view(
        here.engine, person, page.item.case_id, what="form: personal link", why=case.why, now=now
    )
    return flask.render_template(
        "tasks/links.html",
        page=page,
        links=found,
        given=given,
        errors=dict(refusal.errors),
        error_list=[
            {"text": message, "href": f"#{name}"}
            for name, messages in refusal.errors.items()
            for message in messages
        ]
        or [{"text": refusal.message}],
    )
