"""Change what is kept of an agency."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies.details import AgencyDetails
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class ChangeAgency:
    """Let an agency be as `details` say."""

    agency_id: str
    details: AgencyDetails
    reason: str = ""


def change_agency(command: ChangeAgency, work: Work) -> None:
    """Change the agency, and enter what differs.

    Raises:
        organisation.NoSuchAgency: there is none.
        errors.Invalid: naming each field that is wrong; or it would be a setting no longer, or now.
    """
    row = organisation.agency(work.connection, command.agency_id)
    before, details = AgencyDetails.of_row(row), command.details
    # An area that was closed since may stay with the agencies that are in it.
    details.refuse_wrong({*organisation.open_areas(work.connection), before.area})
    if (before.kind == "setting") != (details.kind == "setting"):
        words = "An education setting stays one; other agencies do not become one. Add an agency"
        raise errors.Invalid("The kind cannot change.", errors={"kind": (words,)})
    changes = administered.differences(before.words(), details.words())
    if not changes:
        return
    values = {"kind": details.kind, "name": details.name.strip(), "email": details.email.strip()}
    organisation.change_agency(
        work.connection, row.id, {**values, "details": {**_other(row), **details.kept()}}
    )
    administered.enter(
        work, Entry("agency", row.id, details.name, "changed", changes, command.reason)
    )


def _other(row: object) -> dict[str, object]:
    """Return what the row has besides what this form asks."""
    kept: dict[str, object] = getattr(row, "details", {})
    known = AgencyDetails("", "", "").__dataclass_fields__
    return {name: value for name, value in kept.items() if name not in known}
