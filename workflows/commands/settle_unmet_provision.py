"""Tell that provision is made again, or no longer wanted."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.calendar import london
from workflows.store import provision


@dataclass(frozen=True, slots=True)
class SettleUnmetProvision:
    """Tell that `unmet_id` of a case has come to its end on a day, and how."""

    case_id: UUID
    unmet_id: UUID
    on: dt.date
    how: str


class SettledAlready(errors.Conflict):
    """It is on record already that this provision is made again."""


def settle_unmet_provision(command: SettleUnmetProvision, work: Work) -> None:
    """Put it on record.

    Raises:
        provision.NoSuchProvision: nothing of that kind is on record.
        SettledAlready: a colleague was quicker.
        errors.Invalid: the day lies ahead or before it began, or nothing is said.
    """
    work.lock_subject(command.case_id)
    row = provision.unmet(work.connection, command.case_id, command.unmet_id)
    if row.made_again is not None:
        raise SettledAlready
    if not command.how.strip():
        raise errors.Invalid("Say how it is made now.", errors={"how": ("Enter how it is made",)})
    if not row.since <= command.on <= london.local_date(work.now):
        message = f"The day must be from {row.since.day} {row.since:%B %Y} to today"
        raise errors.Invalid(f"{message}.", errors={"on": (message,)})
    work.record(
        changes.ProvisionMadeAgain(
            None, command.case_id, row.id, row.label, command.on, command.how.strip()[:1000]
        )
    )
