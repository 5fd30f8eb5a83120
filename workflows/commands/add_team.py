"""Add a team to an agency."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies import details
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class AddTeam:
    """Add a team; `code` is what the routing table calls it."""

    agency_id: str
    code: str
    name: str
    email: str


def add_team(command: AddTeam, work: Work) -> None:
    """Add the team; routing leads to it once a rule names its code.

    Raises:
        organisation.NoSuchAgency: there is no such agency.
        errors.Invalid: naming each field that is wrong.
    """
    agency = organisation.agency(work.connection, command.agency_id)
    if agency.closed_at is not None:
        raise errors.Conflict("This agency is closed. Open it again first.")
    details.refuse_wrong_team(command.code, command.name, command.email)
    values = {"name": command.name.strip(), "email": command.email.strip()}
    organisation.add_team(work.connection, command.code, {**values, "agency_id": agency.id})
    words = {"Agency": agency.name, "Code": command.code, "Name": command.name}
    changes = administered.differences({}, {**words, "Email": command.email})
    administered.enter(work, Entry("team", command.code, command.name, "added", changes))
