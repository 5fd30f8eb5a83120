"""Simulations: ask for one, follow it, stop it, and look at what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.simulations import export, form, presenters
from webapp.presentation import problem
from workflows.access.people import OWNER
from workflows.calendar import london
from workflows.commands.ask_for_simulation import AskForSimulation
from workflows.commands.stop_simulation import StopSimulation
from workflows.queries.measured_durations import measured_durations
from workflows.simulation import guesses, process, sources
from workflows.simulation.guesses import Beginning
from workflows.simulation.sources import Source
from workflows.store import simulations

blueprint: Final = flask.Blueprint("simulations", __name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the form is about."""

    source: Source
    beginning: Beginning
    choices: list[tuple[str, str]]


@blueprint.get("/simulations")
@guard.requires(OWNER)
def library() -> str:
    """Show the simulations, and what can be simulated."""
    with guard.system().read() as connection:
        found = simulations.newest(connection)
        choices = sources.choices(connection)
    return flask.render_template(
        "simulations/library.html", found=found, choices=choices, tags=presenters.TAGS
    )


@blueprint.get("/drafts/<uuid:draft_id>/simulate")
@guard.requires(OWNER)
def of_draft(draft_id: UUID) -> Response:
    """Lead from a draft to the form for it."""
    return flask.redirect(flask.url_for("simulations.new", what=f"draft:{draft_id}"))


@blueprint.get("/simulations/new")
@guard.requires(OWNER)
def new() -> str:
    """Show the form, filled with what was measured here."""
    asked = _asked(flask.request.args.get("what", ""))
    return _form(asked, form.filled(asked.beginning, asked.source))


@blueprint.post("/simulations/new")
@guard.requires(OWNER)
def ask() -> Response | tuple[str, int]:
    """Let a worker simulate what was posted."""
    values = flask.request.form
    asked = _asked(values.get("what", ""))
    try:
        command = AskForSimulation(values.get("title", ""), _runs(asked, values))
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(asked, values, refusal), problem.status_of(refusal)
    address = flask.url_for("simulations.simulation", simulation_id=command.simulation_id)
    return flask.redirect(address, 303)


@blueprint.get("/simulations/<uuid:simulation_id>")
@guard.requires(OWNER)
def simulation(simulation_id: UUID) -> str:
    """Show how far a simulation is, or what it found."""
    with guard.system().read() as connection:
        found = simulations.load(connection, simulation_id)
    return flask.render_template(
        "simulations/simulation.html",
        simulation=found.summary,
        found=presenters.found(found),
        given=presenters.given(found),
        tag=presenters.TAGS[found.summary.status],
    )


@blueprint.post("/simulations/<uuid:simulation_id>/stop")
@guard.requires(OWNER)
def stop(simulation_id: UUID) -> Response:
    """Stop a simulation."""
    try:
        guard.system().execute(StopSimulation(simulation_id), guard.person())
        flask.flash("The simulation stops.", "success")
    except simulations.Over as refusal:
        flask.flash(refusal.message, "info")
    address = flask.url_for("simulations.simulation", simulation_id=simulation_id)
    return flask.redirect(address, 303)


@blueprint.get("/simulations/<uuid:simulation_id>.csv")
@guard.requires(OWNER)
def table(simulation_id: UUID) -> flask.Response:
    """Send what was found as a table."""
    with guard.system().read() as connection:
        found = simulations.load(connection, simulation_id)
    answer = flask.Response(export.as_csv(found), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="simulation-{simulation_id}.csv"'
    return answer


def _asked(choice: str) -> _Asked:
    with guard.system().read() as connection:
        source = sources.of_choice(connection, choice)
        simulated = process.of_files(source.process_key, source.files)
        fields = [(each.element_id, each.field.id) for each in simulated.deciders]
        keys = [source.process_key, *(each for each in source.files if each != source.process_key)]
        now = guard.system().now()
        measured = measured_durations(connection, keys, fields, now)
        choices = sources.choices(connection, source.files.keys())
        published = guesses.published_shares(connection)
    beginning = guesses.beginning(simulated, measured, london.local_date(now), published)
    return _Asked(source, beginning, choices)


def _runs(asked: _Asked, values: Mapping[str, str]) -> tuple[dict[str, object], ...]:
    setup = form.Posted(values).setup(asked.beginning)
    first = form.run(asked.source, setup)
    second = values.get("second", form.NOTHING)
    if second == form.NOTHING:
        return (first,)
    if second.startswith(form.MORE):
        role = second.removeprefix(form.MORE)
        label = f"One more: {form.role_name(role)}"
        return (first, form.run(asked.source, form.with_one_more(setup, role), label))
    with guard.system().read() as connection:
        other = sources.of_choice(connection, second)
    process.of_files(other.process_key, other.files)  # refused now, not when its turn comes
    return (first, form.run(other, setup))


def _form(asked: _Asked, values: Mapping[str, str], refusal: errors.Refused | None = None) -> str:
    return flask.render_template(
        "simulations/new.html",
        source=asked.source,
        beginning=asked.beginning,
        values=values,
        second=form.second_choices(asked.beginning, asked.choices, asked.source),
        role_name=form.role_name,
        errors=dict(refusal.errors) if refusal else {},
        error_list=form.error_list(refusal),
    )
