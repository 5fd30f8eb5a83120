"""Add an agency."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.agencies.details import AgencyDetails
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class AddAgency:
    """Add an agency with `details`."""

    details: AgencyDetails


def add_agency(command: AddAgency, work: Work) -> None:
    """Add the agency; a setting gets its team at once, which tasks about it go to.

    Raises:
        errors.Invalid: naming each field that is wrong.
    """
    details = command.details
    details.refuse_wrong(organisation.open_areas(work.connection))
    agency_id = organisation.free_id(work.connection, details.name)
    named = {"name": details.name.strip(), "email": details.email.strip()}
    organisation.add_agency(
        work.connection, agency_id, {**named, "kind": details.kind, "details": details.kept()}
    )
    changes = administered.differences({}, details.words())
    administered.enter(work, Entry("agency", agency_id, details.name, "added", changes))
    if details.kind == "setting":
        organisation.add_team(work.connection, agency_id, {**named, "agency_id": agency_id})
