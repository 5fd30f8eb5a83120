"""Processes that can be started."""

import uuid
from typing import Any

import flask
from flask_smorest import Blueprint

from engine.changes import InstanceStarted, TaskOpened
from engine.definitions import forms
from engine.errors import Invalid
from engine.executor import Outcome
from engine.queries import definition_list
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.agencies import choices
from workflows.commands.open_case import OpenCase
from workflows.commands.start_on_case import StartOnCase
from workflows.queries import case_page

blueprint = Blueprint("api_processes", __name__, description="Processes that can be started")


@blueprint.get("/processes")
@blueprint.response(200, shapes.Process(many=True))
@door.for_people
def processes() -> list[dict[str, Any]]:
    """List the processes with their start forms."""
    here = guard.system()
    with here.read() as connection:
        found = definition_list.processes(connection)
        return [
            {
                "key": each.key,
                "name": each.name,
                "version": each.version,
                "start_form": door.form_of(
                    forms.with_options(
                        here.executor.bundles.get(each.bundle_id).start_form,
                        lambda name: choices.choices(name, connection),
                    )
                ),
            }
            for each in found
            if here.executor.bundles.get(each.bundle_id).start_form.fields
        ]


@blueprint.post("/processes/<key>/instances")
@blueprint.arguments(shapes.Start)
@blueprint.response(201, shapes.Started)
@door.for_people
def start(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Open a case and start the process; with `case_id`, start it on that case."""
    values = {**(body.get("case") or {}), **body["values"]}
    if body.get("case_id"):
        return _started(door.execute(StartOnCase(key, body["case_id"], values)))
    if not values:
        raise Invalid("Give the values of the start form.")
    given = flask.request.headers.get("Idempotency-Key")
    case_id = (
        uuid.uuid5(uuid.NAMESPACE_URL, f"{guard.person().id}:{given}") if given else uuid.uuid4()
    )
    return _started(door.execute(OpenCase(key, values, case_id)))


def _started(outcome: Outcome) -> dict[str, Any]:
    started = outcome.of(InstanceStarted)[0]
    with guard.system().read() as connection:
        reference = case_page.reference(connection, started.subject_id)
    return {
        "id": started.instance_id,
        "case_id": started.subject_id,
        "reference": reference,
        "tasks": [each.task_id for each in outcome.of(TaskOpened)],
    }
