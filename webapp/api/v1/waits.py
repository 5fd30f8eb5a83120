"""Where work waits."""

from typing import Any

from flask_smorest import Blueprint

from engine.queries import definition_list
from webapp.api.v1 import door, wait_shapes
from webapp.auth import guard
from webapp.presentation import waiting_steps
from workflows.access.people import MANAGER, OWNER
from workflows.policy.refusal import NotAllowed
from workflows.queries.diagram_versions import NoSuchDiagram
from workflows.queries.step_durations import StepDuration, step_durations
from workflows.queries.where_work_waits import Waiting, where_work_waits

blueprint = Blueprint("api_waits", __name__, description="Where work waits")


@blueprint.get("/where-work-waits")
@blueprint.arguments(wait_shapes.WaitQuery, location="query")
@blueprint.response(200, wait_shapes.WaitList)
@door.for_people
def waits(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List the steps of a process: what waits there, how long, and how long it took lately."""
    here, person = guard.system(), guard.person()
    if not person.roles & {MANAGER, OWNER}:
        raise NotAllowed("Where work waits is for managers and process owners.")
    now, version = here.now(), query["version"] or None
    with here.read() as connection:
        running = definition_list.processes(connection)
        if query["process"] not in {each.key for each in running}:
            raise NoSuchDiagram
        steps = waiting_steps.steps_of(here.executor.bundles, running, query["process"])
        waiting = where_work_waits(
            connection,
            person if person.sees_all_cases else None,
            query["process"],
            version=version,
            events=[each.id for each in steps if each.is_event],
            now=now,
        )
        since = now - waiting_steps.LOOK_BACK
        took = step_durations(connection, query["process"], version=version, since=since)
    names = {each.id: each.name for each in steps}
    elements = dict.fromkeys((*names, *sorted({*waiting, *took} - names.keys())))
    items = [_item(each, names, waiting.get(each, Waiting()), took.get(each)) for each in elements]
    return {"process": query["process"], "version": version, "items": items, "next": None}


def _item(
    element: str, names: dict[str, str], waiting: Waiting, took: StepDuration | None
) -> dict[str, Any]:
    return {
        "element_id": element,
        "name": names.get(element, element),
        "waiting": waiting.count,
        "late": waiting.late,
        "under_a_week": waiting.under_a_week,
        "under_four_weeks": waiting.under_four_weeks,
        "longer": waiting.longer,
        "oldest": waiting.oldest,
        "failed": waiting.failed,
        "median_days": took.duration.median if took else None,
        "p80_days": took.duration.p80 if took else None,
        "measured": took.duration.observed if took else 0,
        "done_again": took.again if took else 0,
    }
