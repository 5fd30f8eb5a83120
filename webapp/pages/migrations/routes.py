"""Move running cases: choose, map, see beforehand, start, stop, undo and report."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.commands.discard_migration import DiscardMigration
from engine.commands.map_migration import MapMigration
from engine.commands.plan_migration import PlanMigration
from engine.commands.resume_migration import ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.commands.stop_migration import StopMigration
from engine.commands.undo_migration import UndoMigration
from engine.commands.undo_move import UndoMove
from engine.queries import definition_list, migration_list
from webapp.auth import guard
from webapp.pages.migrations import pages, presenters
from webapp.presentation import problem
from workflows.access.people import MANAGER, OWNER
from workflows.queries import moving_cases

blueprint: Final = flask.Blueprint("migrations", __name__, url_prefix="/migrations")


@blueprint.get("")
@guard.requires(OWNER, MANAGER)
def listed() -> str:
    """Show the migrations so far, and what there is to move."""
    with guard.system().read() as connection:
        found = migration_list.migration_list(connection)
        names = presenters.names_of(definition_list.processes(connection))
        movable = migration_list.movable(connection)
    return flask.render_template(
        "migrations/list.html",
        found=found,
        names=names,
        movable=movable,
        words=presenters,
        can_move=OWNER in guard.person().roles,
    )


@blueprint.get("/new")
@guard.requires(OWNER)
def ask() -> str:
    """Ask which cases go from which version to which; the address may name the versions."""
    asked = flask.request.args
    source = f"{asked.get('process', '')}:{asked.get('from', '')}"
    return pages.new({"source": source, "to": asked.get("to", ""), "which": "all"})


@blueprint.post("")
@guard.requires(OWNER)
def plan() -> Response | tuple[str, int]:
    """Plan a migration; nothing moves yet."""
    given = flask.request.form
    try:
        command = _planned(given)
        guard.system().execute(command, guard.person())
    except errors.Refused as refusal:
        return pages.new(given, refusal), problem.status_of(refusal)
    return flask.redirect(
        flask.url_for("migrations.mapping", migration_id=command.migration_id), 303
    )


@blueprint.get("/<uuid:migration_id>")
@guard.requires(OWNER, MANAGER)
def migration(migration_id: UUID) -> str:
    """Show how far a migration has come, and what became of each case."""
    return pages.progress(migration_id)


@blueprint.get("/<uuid:migration_id>/mapping")
@guard.requires(OWNER, MANAGER)
def mapping(migration_id: UUID) -> str:
    """Show where cases go, on both diagrams and as a list that can be changed."""
    return pages.mapping(migration_id)


@blueprint.post("/<uuid:migration_id>/mapping")
@guard.requires(OWNER)
def change_mapping(migration_id: UUID) -> Response | tuple[str, int]:
    """Keep where cases go."""
    try:
        by_hand = pages.by_hand(migration_id, flask.request.form)
        guard.system().execute(MapMigration(migration_id, by_hand), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return pages.mapping(migration_id, refusal), problem.status_of(refusal)
    return _to("preview", migration_id)


@blueprint.get("/<uuid:migration_id>/preview")
@guard.requires(OWNER, MANAGER)
def preview(migration_id: UUID) -> str:
    """Show what would become of each case, with its clocks before and after."""
    return pages.preview(migration_id, flask.request.args.get("cursor"))


@blueprint.get("/<uuid:migration_id>/start")
@guard.requires(OWNER)
def ask_start(migration_id: UUID) -> str:
    """Ask why the cases are to be moved."""
    return pages.start(migration_id)


@blueprint.post("/<uuid:migration_id>/start")
@guard.requires(OWNER)
def start(migration_id: UUID) -> Response | tuple[str, int]:
    """Start to move."""
    reason = flask.request.form.get("reason", "")
    try:
        guard.system().execute(StartMigration(migration_id, reason), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return pages.start(migration_id, refusal), problem.status_of(refusal)
    return _to("migration", migration_id)


@blueprint.post("/<uuid:migration_id>/<any(stop,resume,undo):action>")
@guard.requires(OWNER)
def act(migration_id: UUID, action: str) -> Response:
    """Stop, go on, or undo all that can be undone."""
    kinds: dict[str, Any] = {
        "stop": StopMigration,
        "resume": ResumeMigration,
        "undo": UndoMigration,
    }
    _try(kinds[action](migration_id), "")
    return _to("migration", migration_id)


@blueprint.post("/<uuid:migration_id>/undo/<uuid:instance_id>")
@guard.requires(OWNER)
def undo_one(migration_id: UUID, instance_id: UUID) -> Response:
    """Move one case back."""
    _try(UndoMove(migration_id, instance_id), "The case is back on its version.")
    return _to("migration", migration_id)


@blueprint.post("/<uuid:migration_id>/discard")
@guard.requires(OWNER)
def discard(migration_id: UUID) -> Response:
    """Discard what was only planned."""
    _try(DiscardMigration(migration_id), "The plan is discarded.")
    return flask.redirect(flask.url_for("migrations.listed"), 303)


@blueprint.get("/<uuid:migration_id>/report.csv")
@guard.requires(OWNER, MANAGER)
def report(migration_id: UUID) -> flask.Response:
    """Send what became of each case."""
    with guard.system().read() as connection:
        found = migration_list.migration(connection, migration_id)
        rows = list(pages.every_item(connection, migration_id))
        named = moving_cases.moving_cases(connection, [each.subject_id for each in rows])
    references = {key: each.reference for key, each in named.items()}
    answer = flask.Response(
        presenters.report(found, rows, references), mimetype="text/csv; charset=utf-8"
    )
    answer.headers.set("Content-Disposition", "attachment", filename="moved-cases.csv")
    return answer


def _planned(given: Any) -> PlanMigration:  # noqa: ANN401 (a form)
    key, _, version = given.get("source", "").rpartition(":")
    if not key or not version.isdecimal():
        raise errors.Invalid("Choose a version.", errors={"source": ("Choose a version",)})
    target = given.get("to", "").strip()
    if target and not (target.isascii() and target.isdecimal() and len(target) < 9):  # noqa: PLR2004
        raise errors.Invalid("Enter a version.", errors={"to": ("Enter the number of a version",)})
    chosen = None
    if given.get("which") == "chosen":
        references = given.get("references", "").replace(",", " ").split()
        if not references:
            raise errors.Invalid(
                "Enter references.", errors={"references": ("Enter at least one reference",)}
            )
        with guard.system().read() as connection:
            chosen = moving_cases.instances_of_references(connection, key, int(version), references)
    return PlanMigration(key, int(version), int(target or 0), chosen)


def _try(command: object, said: str) -> None:
    """Give a command; what is refused is told on the next page."""
    try:
        guard.system().execute(command, guard.person())
    except errors.Conflict as refusal:
        flask.flash(refusal.message)
        return
    if said:
        flask.flash(said, "success")


def _to(view: str, migration_id: UUID) -> Response:
    return flask.redirect(flask.url_for(f"migrations.{view}", migration_id=migration_id), 303)
