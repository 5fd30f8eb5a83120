"""Who is away, and who stands in."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from webapp.api.v1 import batch_shapes, door
from webapp.auth import guard
from workflows.access.people import MANAGER
from workflows.commands.end_absence import EndAbsence
from workflows.commands.set_absence import SetAbsence
from workflows.queries import absence_list
from workflows.store.absences import Deputy, NoSuchAbsence

blueprint = Blueprint("api_absences", __name__, description="Absences")


@blueprint.get("/absences")
@blueprint.response(200, batch_shapes.AbsenceList)
@door.for_people
def absences() -> dict[str, Any]:
    """List the absences that run or are to come: one’s own, or everybody’s for a manager."""
    whose = "" if MANAGER in guard.person().roles else guard.person().id
    with guard.system().read() as connection:
        return {"items": absence_list.absence_list(connection, whose), "next": None}


@blueprint.post("/absences")
@blueprint.arguments(batch_shapes.NewAbsence)
@blueprint.response(201, batch_shapes.Absence)
@door.for_people
def create(body: dict[str, Any]) -> Any:  # noqa: ANN401
    """Be away, or let somebody be away: new tasks go to the deputies from the first day on."""
    command = SetAbsence(
        body["person"] or guard.person().id,
        body["from_"],
        body["to"],
        tuple(Deputy(**each) for each in body["deputies"]),
        body["move_open"],
        body["reason"],
    )
    guard.system().execute(command, guard.person())
    return _absence(command.absence_id)


@blueprint.post("/absences/<uuid:absence_id>/end")
@blueprint.response(200, batch_shapes.Absence)
@door.for_people
def end(absence_id: UUID) -> Any:  # noqa: ANN401
    """End an absence today; tasks that moved for it come back, where nobody began them."""
    found = _absence(absence_id)
    door.execute(EndAbsence(absence_id, found.person_id))
    return _absence(absence_id)


def _absence(absence_id: UUID) -> absence_list.Absence:
    with guard.system().read() as connection:
        found = absence_list.absence(connection, absence_id)
    if found.person_id != guard.person().id and MANAGER not in guard.person().roles:
        raise NoSuchAbsence
    return found
