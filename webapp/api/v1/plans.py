"""EHC plans: the working plan as a whole, and what was issued."""

import dataclasses
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from webapp.api.v1 import door, plan_shapes
from webapp.auth import guard
from workflows.access import record
from workflows.commands.save_plan import SavePlan
from workflows.plan import document
from workflows.queries import plan_page, plan_version

blueprint = Blueprint("api_plans", __name__, description="EHC plans")


@blueprint.get("/cases/<uuid:case_id>/plan")
@blueprint.response(200, plan_shapes.Plan)
@door.for_people
def plan(case_id: UUID) -> dict[str, Any]:
    """Return the plan of a case: the sections of the working plan that one reads, and versions."""
    return _plan(case_id)


@blueprint.put("/cases/<uuid:case_id>/plan")
@blueprint.arguments(plan_shapes.PlanIn)
@blueprint.response(200, plan_shapes.Plan)
@door.for_people
def save(body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Write the whole working plan, unless it was changed since `revision`."""
    door.execute(SavePlan(case_id, body["content"], body["revision"]))
    return _plan(case_id)


def _plan(case_id: UUID) -> dict[str, Any]:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = plan_page.plan_page(connection, person, case_id)
        number = page.newest.number if page.newest else 0
        issued = plan_version.plan_version(connection, page, number) if number else None
    record.record_view(here.engine, person, case_id, what="EHC plan", why=page.why, now=here.now())
    newest = None
    if issued is not None and page.newest is not None:
        newest = {**dataclasses.asdict(page.newest), "content": document.dump(issued.plan)}
    return {
        "case_id": case_id,
        "revision": page.kept.revision,
        "content": document.dump(page.whole.only(page.readable)),
        "problems": page.problems,
        "versions": page.versions,
        "newest": newest,
    }
