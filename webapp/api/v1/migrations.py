"""Move running instances to another version of their process."""

from typing import Any
from uuid import UUID

import flask
from flask_smorest import Blueprint

from engine import rehearsal
from engine.commands.map_migration import MapMigration
from engine.commands.plan_migration import PlanMigration
from engine.commands.resume_migration import ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.commands.stop_migration import StopMigration
from engine.commands.undo_migration import UndoMigration
from engine.queries import migration_list
from webapp.api.v1 import door, migration_shapes, shapes
from webapp.auth import guard
from workflows.access.people import MANAGER, OWNER
from workflows.queries import moving_cases

blueprint = Blueprint("api_migrations", __name__, description="Migrations of running instances")


@blueprint.post("/migrations")
@blueprint.arguments(migration_shapes.NewMigration)
@blueprint.response(201, migration_shapes.Migration)
@door.for_people
def create(body: dict[str, Any]) -> Any:  # noqa: ANN401
    """Plan a migration, and start it unless `dry_run` is given; a worker then moves the instances.

    With `dry_run`, nothing moves: see `/migrations/{id}/preview`, then start it.
    """
    chosen = None
    if body["cases"] is not None:
        with guard.system().read() as connection:
            chosen = moving_cases.instances_of_references(
                connection, body["process"], body["from_"], body["cases"]
            )
    command = PlanMigration(body["process"], body["from_"], body["to"], chosen)
    guard.system().execute(command, guard.person())
    if body["mapping"]:
        guard.system().execute(MapMigration(command.migration_id, body["mapping"]), guard.person())
    if not body["dry_run"]:
        started = StartMigration(command.migration_id, body["reason"])
        guard.system().execute(started, guard.person())
    return _migration(command.migration_id)


@blueprint.get("/migrations/<uuid:migration_id>")
@blueprint.response(200, migration_shapes.Migration)
@door.for_people
def migration(migration_id: UUID) -> Any:  # noqa: ANN401
    """Return a migration: how it stands, and how many instances have which outcome."""
    _for_owners()
    return _migration(migration_id)


@blueprint.get("/migrations/<uuid:migration_id>/items")
@blueprint.arguments(shapes.Query, location="query")
@blueprint.response(200, migration_shapes.ItemPage)
@door.for_people
def items(query: dict[str, Any], migration_id: UUID) -> Any:  # noqa: ANN401
    """List what became of each instance, and why."""
    _for_owners()
    with guard.system().read() as connection:
        migration_list.migration(connection, migration_id)
        return migration_list.items(
            connection, migration_id, limit=query["limit"], cursor=query["cursor"]
        )


@blueprint.get("/migrations/<uuid:migration_id>/preview")
@blueprint.arguments(shapes.Query, location="query")
@blueprint.response(200, migration_shapes.PreviewPage)
@door.for_people
def preview(query: dict[str, Any], migration_id: UUID) -> dict[str, Any]:
    """List what would become of each instance that waits, with its clocks before and after."""
    _for_owners()
    here = guard.system()
    with here.read() as connection:
        page = migration_list.items(
            connection,
            migration_id,
            status="waiting",
            limit=query["limit"],
            cursor=query["cursor"],
        )
    chosen = [each.instance_id for each in page.items]
    found = rehearsal.rehearse(here.executor, migration_id, chosen)
    return {"items": found, "next_cursor": page.next_cursor}


@blueprint.post("/migrations/<uuid:migration_id>/start")
@blueprint.arguments(shapes.Reason)
@blueprint.response(200, migration_shapes.Migration)
@door.for_people
def start(body: dict[str, Any], migration_id: UUID) -> Any:  # noqa: ANN401
    """Start a planned migration."""
    door.execute(StartMigration(migration_id, body["reason"]))
    return _migration(migration_id)


@blueprint.post("/migrations/<uuid:migration_id>/stop")
@blueprint.response(200, migration_shapes.Migration)
@door.for_people
def stop(migration_id: UUID) -> Any:  # noqa: ANN401
    """Let no further instance move."""
    door.execute(StopMigration(migration_id))
    return _migration(migration_id)


@blueprint.post("/migrations/<uuid:migration_id>/resume")
@blueprint.response(200, migration_shapes.Migration)
@door.for_people
def resume(migration_id: UUID) -> Any:  # noqa: ANN401
    """Go on after a stop."""
    door.execute(ResumeMigration(migration_id))
    return _migration(migration_id)


@blueprint.post("/migrations/<uuid:migration_id>/undo")
@blueprint.response(200, migration_shapes.Migration)
@door.for_people
def undo(migration_id: UUID) -> Any:  # noqa: ANN401
    """Move back every instance in which nothing has happened since."""
    door.execute(UndoMigration(migration_id))
    return _migration(migration_id)


def _for_owners() -> None:
    if not guard.person().roles & {OWNER, MANAGER}:
        flask.abort(404, "There is no such migration.")


def _migration(migration_id: UUID) -> migration_list.Migration:
    with guard.system().read() as connection:
        return migration_list.migration(connection, migration_id)
