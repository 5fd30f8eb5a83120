"""Close an area, or open it again."""

from dataclasses import dataclass

from engine import errors, reasons
from engine.unit_of_work import Work
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class CloseArea:
    """Close an area, or with `closed=False` open it again."""

    code: str
    reason: str
    closed: bool = True


class AreaUsed(errors.Conflict):
    """Open agencies are in this area. Give them another area first."""


def close_area(command: CloseArea, work: Work) -> None:
    """Close the area: requests offer it no longer; cases in it stay as they are.

    Raises:
        organisation.NoSuchArea: there is none.
        AreaUsed: agencies are in it.
        errors.Invalid: there is no reason.
    """
    reasons.given(command.reason)
    row = organisation.area(work.connection, command.code)
    if command.closed and organisation.settings_of_area(work.connection, row.code):
        raise AreaUsed
    if command.closed == (row.closed_at is not None):
        return
    organisation.close(work.connection, "area", row.code, work.now if command.closed else None)
    kind = "closed" if command.closed else "opened again"
    administered.enter(work, Entry("area", row.code, row.name, kind, (), command.reason))
