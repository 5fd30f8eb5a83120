"""Processes that can be started."""

import uuid
from typing import Any

import flask
from flask_smorest import Blueprint

from engine.changes import InstanceStarted, TaskOpened
from engine.definitions import forms
from engine.errors import Conflict, Invalid
from engine.queries import definition_list
from webapp.api.v1 import door, shapes
from webapp.auth import guard
from workflows.agencies import choices
from workflows.changes import CaseOpened
from workflows.commands.open_case import OpenCase

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
    """Open a case and start the process."""
    if body.get("case_id"):
        raise Conflict("This process opens a case of its own; leave case_id out.")
    values = {**(body.get("case") or {}), **body["values"]}
    if not values:
        raise Invalid("Give the values of the start form.")
    given = flask.request.headers.get("Idempotency-Key")
    case_id = (
        uuid.uuid5(uuid.NAMESPACE_URL, f"{guard.person().id}:{given}") if given else uuid.uuid4()
    )
    outcome = door.execute(OpenCase(key, values, case_id))
    started = outcome.of(InstanceStarted)[0]
    return {
        "id": started.instance_id,
        "case_id": started.subject_id,
        "reference": outcome.of(CaseOpened)[0].reference,
        "tasks": [each.task_id for each in outcome.of(TaskOpened)],
    }
