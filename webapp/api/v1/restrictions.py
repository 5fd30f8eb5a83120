"""The restriction of a case, and its glass."""

from typing import Any
from uuid import UUID

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import door, privacy_shapes, shapes
from webapp.auth import guard
from workflows.access import record
from workflows.access_changes import GlassBroken
from workflows.commands.break_glass import BreakGlass
from workflows.commands.lift_restriction import LiftRestriction
from workflows.commands.restrict_case import RestrictCase
from workflows.queries import restriction_page

blueprint = Blueprint("api_restrictions", __name__, description="Restricted cases")


@blueprint.get("/cases/<uuid:case_id>/restriction")
@blueprint.response(200, privacy_shapes.Restriction)
@door.for_people
def restriction(case_id: UUID) -> Any:  # noqa: ANN401
    """Return how a case is restricted; 404 where it is not."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = restriction_page.restriction_page(connection, person, case_id)
    record.record_view(here.engine, person, case_id, what="restriction", why=page.why, now=now)
    if page.restriction is None:
        flask.abort(404, "This case is not restricted.")
    return page.restriction


@blueprint.put("/cases/<uuid:case_id>/restriction")
@blueprint.arguments(privacy_shapes.RestrictionIn)
@blueprint.response(200, privacy_shapes.Restriction)
@door.for_people
def restrict(body: dict[str, Any], case_id: UUID) -> Any:  # noqa: ANN401
    """Restrict a case, or choose anew who sees it; whoever does so is always one of them."""
    door.execute(
        RestrictCase(
            case_id, body["kind"], body["reason"], tuple(body["people"]), tuple(body["teams"])
        )
    )
    return restriction_of(case_id)


@blueprint.post("/cases/<uuid:case_id>/restriction/lift")
@blueprint.arguments(shapes.Reason)
@blueprint.response(204)
@door.for_people
def lift(body: dict[str, Any], case_id: UUID) -> None:
    """Lift the restriction."""
    door.execute(LiftRestriction(case_id, body["reason"]))


@blueprint.post("/cases/<uuid:case_id>/break-glass")
@blueprint.arguments(privacy_shapes.BreakGlassIn)
@blueprint.response(201, privacy_shapes.Glass)
@door.for_people
def break_glass(body: dict[str, Any], case_id: UUID) -> Any:  # noqa: ANN401
    """Open a restricted case for an hour, with a reason; those named for it are told."""
    site = flask.current_app.extensions["settings"].site_url
    return door.execute(BreakGlass(case_id, body["reason"], site)).of(GlassBroken)[0]


def restriction_of(case_id: UUID) -> Any:  # noqa: ANN401
    """Return how a case is restricted now."""
    with guard.system().read() as connection:
        return restriction_page.restriction_page(connection, guard.person(), case_id).restriction
