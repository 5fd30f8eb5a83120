"""Step in: see who has how much, and do the same to many tasks, cases or processes at once."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.step_in import pages, planning, presenters
from webapp.presentation import exports, problem
from workflows.access.people import MANAGER
from workflows.commands.discard_batch import DiscardBatch
from workflows.commands.resume_batch import ResumeBatch
from workflows.commands.start_batch import StartBatch
from workflows.commands.stop_batch import StopBatch
from workflows.commands.undo_batch import UndoBatch

blueprint: Final = flask.Blueprint("step_in", __name__, url_prefix="/step-in")


@blueprint.get("")
@guard.requires(MANAGER)
def home() -> str:
    """Show what needs somebody now, and who has how much to do."""
    return pages.home()


@blueprint.get("/choose")
@guard.requires(MANAGER)
def choose() -> str:
    """Choose tasks, and what is to be done to them."""
    return pages.choose(presenters.choice_of(flask.request.args))


@blueprint.post("/choose")
@guard.requires(MANAGER)
def plan() -> Response | tuple[str, int]:
    """Plan it; nothing changes yet."""
    choice = presenters.choice_of(flask.request.args)
    try:
        command = planning.command(choice)
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return pages.choose(choice, refusal), problem.status_of(refusal)
    return _to_batch(command.batch_id)


@blueprint.get("/batches/<uuid:batch_id>")
@guard.requires(MANAGER)
def batch(batch_id: UUID) -> str:
    """Show what would change, how far it has come, or what became of each."""
    return pages.batch(batch_id)


@blueprint.post("/batches/<uuid:batch_id>/start")
@guard.requires(MANAGER)
def start(batch_id: UUID) -> Response | tuple[str, int]:
    """Start it."""
    reason = flask.request.form.get("reason", "")
    try:
        guard.system().execute(StartBatch(batch_id, reason), guard.person())
    except errors.Invalid as refusal:
        return pages.batch(batch_id, refusal), problem.status_of(refusal)
    return _to_batch(batch_id)


@blueprint.post("/batches/<uuid:batch_id>/discard")
@guard.requires(MANAGER)
def discard(batch_id: UUID) -> Response:
    """Forget what was planned."""
    guard.system().execute(DiscardBatch(batch_id), guard.person())
    flask.flash("Nothing was changed.", "success")
    return flask.redirect("/step-in", 303)


@blueprint.post("/batches/<uuid:batch_id>/<any(stop,resume,undo):action>")
@guard.requires(MANAGER)
def act(batch_id: UUID, action: str) -> Response:
    """Stop, go on, or undo all that can be undone."""
    kinds: dict[str, Any] = {"stop": StopBatch, "resume": ResumeBatch, "undo": UndoBatch}
    try:
        guard.system().execute(kinds[action](batch_id), guard.person())
    except errors.Conflict as refusal:
        flask.flash(refusal.message, "refused")
    return _to_batch(batch_id)


@blueprint.get("/batches/<uuid:batch_id>/report.csv")
@guard.requires(MANAGER)
def report(batch_id: UUID) -> Response:
    """Return what became of each, for a spreadsheet."""
    rows = presenters.report(pages.every_item(batch_id))
    return exports.csv_response("report", presenters.HEADER, rows)


def _to_batch(batch_id: UUID) -> Response:
    return flask.redirect(flask.url_for("step_in.batch", batch_id=batch_id), 303)
