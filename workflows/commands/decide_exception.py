"""Grant or refuse a lawful exception that was asked for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.context import case_of
from workflows.duties.facts import LawfulException
from workflows.store import exception_requests


@dataclass(frozen=True, slots=True)
class DecideException:
    """Grant what `request_id` asks for, or refuse it with a reason.

    Attributes:
        told_family_on: When the family was told, where that was not known when it was asked.
    """

    request_id: UUID
    granted: bool
    answer: str = ""
    told_family_on: dt.date | None = None


class DecidedAlready(errors.Conflict):
    """A colleague has decided on this exception already."""


def decide_exception(command: DecideException, work: Work) -> None:
    """Decide. What is granted lifts the duty to keep the limit, and sets no new date.

    Raises:
        exception_requests.NoSuchRequest: nobody asked for it.
        DecidedAlready: the details say who decided, and when.
        refusals.UnlawfulException: it is no longer lawful, since dates of the case have moved.
        errors.Invalid: it is refused without a reason.
    """
    row = exception_requests.lock(work.connection, command.request_id)
    if row.status != "asked":
        details = {"by": row.decided_by, "at": row.decided_at.isoformat()}
        raise DecidedAlready(details=details)
    answer = command.answer.strip()[:2000]
    if not command.granted and not answer:
        raise errors.Invalid("Say why it is refused.", errors={"answer": ("Enter a reason",)})
    work.lock_subject(row.case_id)
    recorded = _granted(row, command.told_family_on, work) if command.granted else None
    if recorded is not None:
        work.record(recorded)
    work.record(
        changes.ExceptionDecided(
            None,
            row.case_id,
            row.id,
            row.duty,
            row.qualifier,
            command.granted,
            answer,
            recorded.exception_id if recorded else None,
            command.told_family_on,
        )
    )


def _granted(row: Any, told: dt.date | None, work: Work) -> changes.ExceptionRecorded:  # noqa: ANN401
    """Let the exception count, as if it were recorded directly."""
    context = case_of(work, row.case_id)
    told = told or row.told_family_on
    claimed = LawfulException(
        row.duty, row.ground, row.from_date, row.to_date, row.qualifier, told, row.reason
    )
    return context.claim(claimed)
