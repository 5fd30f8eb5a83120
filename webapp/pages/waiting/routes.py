"""Where work waits: how much, how long and how late, at each element of a process."""

from typing import Final

import flask

from engine.queries import definition_list
from webapp.auth import guard
from webapp.pages.waiting import presenters
from webapp.presentation import waiting_steps
from workflows.access.people import MANAGER, OWNER
from workflows.queries.diagram_versions import diagram_versions
from workflows.queries.step_durations import NEWEST, step_durations
from workflows.queries.where_work_waits import waiting_by_process, where_work_waits

blueprint: Final = flask.Blueprint("waiting", __name__, url_prefix="/where-work-waits")


@blueprint.get("")
@guard.requires(MANAGER, OWNER)
def show() -> str:
    """Show what waits in a process: on its diagram, and as a table."""
    here, person = guard.system(), guard.person()
    now = here.now()
    seen_by = person if person.sees_all_cases else None  # owners see numbers, and no lists
    with here.read() as connection:
        running = definition_list.processes(connection)
        asked = presenters.asked(flask.request.args, running)
        versions = diagram_versions(connection, asked.process)
        steps = waiting_steps.steps_of(here.executor.bundles, running, asked.process)
        waiting = where_work_waits(
            connection,
            seen_by,
            asked.process,
            version=asked.version_of(versions),
            events=[each.id for each in steps if each.is_event],
            now=now,
        )
        took = step_durations(
            connection,
            asked.process,
            version=asked.version_of(versions),
            since=now - waiting_steps.LOOK_BACK,
        )
        by_process = waiting_by_process(connection, seen_by)
    rows = presenters.rows(steps, waiting, took, asked, now=now, opens=seen_by is not None)
    return flask.render_template(
        "waiting/show.html",
        rows=presenters.told(rows),
        idle=presenters.idle(rows),
        asked=asked,
        versions=versions,
        choices=presenters.choices(asked, running, versions, by_process),
        heat=presenters.heat(rows, asked),
        total=presenters.total(rows),
        worst=presenters.worst(rows),
        opens=seen_by is not None,
        newest=NEWEST,
    )
