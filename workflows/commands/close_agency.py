"""Close an agency, or open it again."""

from dataclasses import dataclass

from engine import errors, reasons
from engine.unit_of_work import Work
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class CloseAgency:
    """Close an agency, or with `closed=False` open it again."""

    agency_id: str
    reason: str
    closed: bool = True


class TeamsOpen(errors.Conflict):
    """This agency has open teams. Close them first: each can pass its tasks on."""


def close_agency(command: CloseAgency, work: Work) -> None:
    """Close the agency: forms offer it no longer; what it did stays.

    Raises:
        organisation.NoSuchAgency: there is none.
        TeamsOpen: it has teams that are open.
        errors.Invalid: there is no reason.
    """
    reasons.given(command.reason)
    row = organisation.agency(work.connection, command.agency_id)
    if command.closed and organisation.teams_of(work.connection, row.id):
        raise TeamsOpen
    if command.closed == (row.closed_at is not None):
        return
    organisation.close(work.connection, "agency", row.id, work.now if command.closed else None)
    kind = "closed" if command.closed else "opened again"
    administered.enter(work, Entry("agency", row.id, row.name, kind, (), command.reason))
