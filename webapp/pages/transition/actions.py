"""What is done with the transition plan: add, correct, place and remove a learner."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FormDefinition
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.transition import action_forms
from webapp.presentation import problem
from workflows.access import sight
from workflows.access.people import CASEWORK, MANAGER
from workflows.agencies import choices
from workflows.calendar import london
from workflows.commands.add_learner import AddLearner
from workflows.commands.correct_learner import CorrectLearner
from workflows.commands.place_learner import PlaceLearner
from workflows.commands.remove_learner import RemoveLearner
from workflows.queries import learner_page
from workflows.queries.learner_page import LearnerPage
from workflows.transition.model import school_year_of

blueprint: Final = flask.Blueprint("transition_actions", __name__, url_prefix="/transition-plan")
Values = dict[str, Any]


@blueprint.get("/add")
@guard.requires(CASEWORK, MANAGER)
def ask_add() -> str:
    """Ask who is to be added."""
    return _add_page()


@blueprint.post("/add")
@guard.requires(CASEWORK, MANAGER)
def add() -> Response | tuple[str, int]:
    """Add a learner."""
    try:
        command = AddLearner(action_forms.details(_accepted(_learner_form())))
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _add_page(refusal), problem.status_of(refusal)
    flask.flash("The learner is in the plan.", "success")
    return flask.redirect(flask.url_for("transition.learner", learner_id=command.learner_id), 303)


@blueprint.get("/<uuid:learner_id>/correct")
@guard.requires(CASEWORK, MANAGER)
def ask_correct(learner_id: UUID) -> str:
    """Ask what is wrong."""
    return _correct_page(learner_id)


@blueprint.post("/<uuid:learner_id>/correct")
@guard.requires(CASEWORK, MANAGER)
def correct(learner_id: UUID) -> Response | tuple[str, int]:
    """Correct a learner; the cohort follows."""

    def make(given: Values) -> object:
        details = action_forms.details(given)
        return CorrectLearner(learner_id, details, given["reason"], _seen())

    form = _learner_form(corrects=True)
    return _carry_out(
        learner_id,
        form,
        make,
        lambda refusal: _correct_page(learner_id, refusal),
        "It is corrected.",
    )


@blueprint.get("/<uuid:learner_id>/place")
@guard.requires(CASEWORK, MANAGER)
def ask_place(learner_id: UUID) -> str:
    """Ask for the month of the review."""
    return _place_page(learner_id)


@blueprint.post("/<uuid:learner_id>/place")
@guard.requires(CASEWORK, MANAGER)
def place(learner_id: UUID) -> Response | tuple[str, int]:
    """Place the review of a learner in a month."""

    def make(given: Values) -> object:
        month = dt.date(given["year"], given["month"], 1)
        return PlaceLearner(learner_id, month, given["reason"], _seen())

    return _carry_out(
        learner_id,
        action_forms.place_form(),
        make,
        lambda refusal: _place_page(learner_id, refusal),
        "The learner is placed.",
    )


@blueprint.get("/<uuid:learner_id>/remove")
@guard.requires(CASEWORK, MANAGER)
def ask_remove(learner_id: UUID) -> str:
    """Ask why a learner leaves the plan."""
    return _remove_page(learner_id)


@blueprint.post("/<uuid:learner_id>/remove")
@guard.requires(CASEWORK, MANAGER)
def remove(learner_id: UUID) -> Response | tuple[str, int]:
    """Take a learner out of the plan."""
    _page_of(learner_id)
    try:
        reason = _accepted(action_forms.REMOVE)["reason"]
        guard.system().execute(RemoveLearner(learner_id, reason), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _remove_page(learner_id, refusal), problem.status_of(refusal)
    flask.flash("The learner is out of the plan.", "success")
    return flask.redirect(flask.url_for("transition.plan"), 303)


def _carry_out(
    learner_id: UUID,
    form: FormDefinition,
    make: Callable[[Values], object],
    again: Callable[[errors.Refused], str],
    done: str,
) -> Response | tuple[str, int]:
    _page_of(learner_id)
    try:
        guard.system().execute(make(_accepted(form)), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return again(refusal), problem.status_of(refusal)
    flask.flash(done, "success")
    return flask.redirect(flask.url_for("transition.learner", learner_id=learner_id), 303)


def _accepted(form: FormDefinition) -> Values:
    today = london.local_date(guard.system().now())
    posted = read.posted(form, flask.request.form)
    return forms.validate(form, posted, variables={}, today=today)


def _seen() -> int | None:
    """Return the revision that the form was made from, None where it does not tell."""
    text = flask.request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 (digits of a revision)


def _learner_form(*, corrects: bool = False) -> FormDefinition:
    with guard.system().read() as connection:
        settings = choices.choices("settings", connection)
    return action_forms.learner_form(settings, corrects=corrects)


def _page_of(learner_id: UUID) -> LearnerPage:
    here = guard.system()
    with here.read() as connection:
        page = learner_page.learner_page(
            connection, learner_id, today=london.local_date(here.now())
        )
        if page.row.case_id:
            sight.refuse_hidden(connection, guard.person(), page.row.case_id)
    return page


def _add_page(refusal: errors.Refused | None = None) -> str:
    today = london.local_date(guard.system().now())
    values = {"school_year": school_year_of(today)}
    return _form_page("Add a learner", "add", _learner_form(), values, refusal)


def _correct_page(learner_id: UUID, refusal: errors.Refused | None = None) -> str:
    page = _page_of(learner_id)
    values = action_forms.values_of(page.row)
    form = _learner_form(corrects=True)
    return _form_page("Correct the entry", "correct", form, values, refusal, page)


def _place_page(learner_id: UUID, refusal: errors.Refused | None = None) -> str:
    page = _page_of(learner_id)
    month = page.row.progress.month or page.row.standing.proposed
    values = {"month": month.month, "year": month.year}
    return _form_page("Place the review", "place", action_forms.place_form(), values, refusal, page)


def _remove_page(learner_id: UUID, refusal: errors.Refused | None = None) -> str:
    page = _page_of(learner_id)
    return _form_page("Take out of the plan", "remove", action_forms.REMOVE, {}, refusal, page)


def _form_page(
    title: str,
    slug: str,
    form: FormDefinition,
    values: Values,
    refusal: errors.Refused | None,
    page: LearnerPage | None = None,
) -> str:
    posted = read.posted(form, flask.request.form) if flask.request.method == "POST" else {}
    return flask.render_template(
        "transition/form.html",
        title=title,
        slug=slug,
        form=form,
        values=values | posted,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal),
        page=page,
    )
