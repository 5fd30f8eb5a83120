"""The transition plan: the schedule, each learner, and the file that brings many."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.transition import presenters
from webapp.presentation import problem
from workflows.access import restricted, sight
from workflows.access.people import CASEWORK, MANAGER
from workflows.access.restricted import Viewer
from workflows.agencies import choices
from workflows.calendar import london
from workflows.commands.accept_proposals import AcceptProposals
from workflows.commands.import_learners import ImportLearners
from workflows.queries import learner_page, transition_plan
from workflows.transition import learner_file, load

blueprint: Final = flask.Blueprint("transition", __name__, url_prefix="/transition-plan")


@blueprint.get("")
@guard.requires(CASEWORK, MANAGER)
def plan() -> str:
    """Show who moves when, and how many each cohort has."""
    here, arguments = guard.system(), flask.request.args
    chosen = presenters.filter_of(arguments)
    with here.read() as connection:
        found = transition_plan.transition_plan(
            connection,
            chosen,
            today=london.local_date(here.now()),
            offset=presenters.offset_of(arguments),
            hidden=restricted.hidden_cases(connection, Viewer.of(guard.person())),
        )
    return flask.render_template(
        "transition/plan.html",
        found=found,
        chosen=chosen,
        bars=presenters.bars(found),
        cohorts=load.current().cohorts,
        words=presenters,
        next_link=presenters.next_link(arguments, found.following),
    )


@blueprint.post("/place-all")
@guard.requires(CASEWORK, MANAGER)
def place_all() -> Response:
    """Place everybody of a cohort whom nobody has placed yet, as proposed."""
    cohort = flask.request.form.get("cohort", "")
    guard.system().execute(AcceptProposals(cohort), guard.person())
    flask.flash("They are placed as proposed.", "success")
    return flask.redirect(flask.url_for("transition.plan", cohort=cohort, _anchor="learners"), 303)


@blueprint.get("/import")
@guard.requires(CASEWORK, MANAGER)
def ask_import() -> str:
    """Ask for a file of learners, and say what it must have."""
    return _import_page()


@blueprint.post("/import")
@guard.requires(CASEWORK, MANAGER)
def do_import() -> Response | tuple[str, int]:
    """Take all learners of a file, or none."""
    here = guard.system()
    try:
        lines, name = _lines()
        here.execute(ImportLearners(lines, name), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _import_page(refusal), problem.status_of(refusal)
    count = f"{len(lines):,} {'learner is' if len(lines) == 1 else 'learners are'}"
    flask.flash(f"{count} in the plan.", "success")
    return flask.redirect(flask.url_for("transition.plan"), 303)


@blueprint.get("/<uuid:learner_id>")
@guard.requires(CASEWORK, MANAGER)
def learner(learner_id: UUID) -> str:
    """Show a learner with the dates that follow, and what was entered."""
    here = guard.system()
    today = london.local_date(here.now())
    with here.read() as connection:
        page = learner_page.learner_page(connection, learner_id, today=today)
        if page.row.case_id:
            sight.refuse_hidden(connection, guard.person(), page.row.case_id)
    return flask.render_template(
        "transition/learner.html",
        page=page,
        about=presenters.about(page.row, today),
        start=presenters.start_address(here, learner_id),
        words=presenters,
    )


def _lines() -> tuple[tuple[learner_file.Line, ...], str]:
    upload = flask.request.files.get("file")
    if upload is None or not upload.filename:
        raise errors.Invalid("Choose a file.", errors={"file": ("Select a CSV file",)})
    here = guard.system()
    with here.read() as connection:
        listed = choices.choices("settings", connection)
    known = {code.lower(): code for code, _ in listed} | {
        name.lower(): code for code, name in listed
    }
    data = upload.read(learner_file.SIZE_LIMIT + 1)
    return learner_file.read(data, known, london.local_date(here.now())), upload.filename


def _import_page(refusal: errors.Refused | None = None) -> str:
    messages: tuple[Any, ...] = ()
    if refusal is not None:
        messages = refusal.errors.get("file", (refusal.message,))
    return flask.render_template(
        "transition/import.html",
        messages=messages,
        settings=load.current().settings.values(),
        limit=learner_file.ROW_LIMIT,
    )
