"""Tell that provision of an issued plan is not made."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.calendar import london
from workflows.reports import unmet
from workflows.store import provision


@dataclass(frozen=True, slots=True)
class TellUnmetProvision:
    """Tell that the provision `row_id` of a case's plan is not made since a day, and why."""

    case_id: UUID
    row_id: str
    since: dt.date
    reason: str
    detail: str = ""
    unmet_id: UUID = field(default_factory=uuid4)


class ToldAlready(errors.Conflict):
    """It is on record already that this provision is not made."""


def tell_unmet_provision(command: TellUnmetProvision, work: Work) -> None:
    """Put it on record.

    Raises:
        provision.NoSuchProvision: the newest issued plan has no such row.
        ToldAlready: a colleague was quicker.
        errors.Invalid: the day lies ahead, or the reason is missing.
    """
    work.lock_subject(command.case_id)
    row = provision.of_plan(work.connection, command.case_id, command.row_id)
    if command.reason not in unmet.CODES:
        raise errors.Invalid("Say why it is not made.", errors={"reason": ("Select a reason",)})
    if command.reason == "other" and not command.detail.strip():
        raise errors.Invalid("Say what the reason is.", errors={"detail": ("Enter the reason",)})
    if command.since > london.local_date(work.now):
        message = "The day since which it is not made must be today or in the past"
        raise errors.Invalid(f"{message}.", errors={"since": (message,)})
    if provision.is_unmet(work.connection, command.case_id, command.row_id):
        raise ToldAlready
    work.record(
        changes.ProvisionUnmet(
            None,
            command.case_id,
            command.unmet_id,
            row.row_id,
            row.section,
            row.kind,
            row.label,
            row.title,
            command.reason,
            command.detail.strip()[:1000],
            command.since,
        )
    )
