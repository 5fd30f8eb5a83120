"""Place the transfer review of a learner in a month, for a reason."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import learners
from workflows.store.entered import Entered

FIRST_MONTH: Final = dt.date(2014, 9, 1)  # when Part 3 of the Act came into force
LAST_YEAR: Final = 2040


@dataclass(frozen=True, slots=True)
class PlaceLearner:
    """Place a learner in the month of which `month` is a day; `seen` is the revision looked at."""

    learner_id: UUID
    month: dt.date
    reason: str
    seen: int | None = None


def place_learner(command: PlaceLearner, work: Work) -> None:
    """Place the learner; that the month is too late is for the plan to show, not to forbid.

    Raises:
        errors.NotFound: there is no such learner.
        errors.Invalid: the month is none, or there is no reason.
        errors.Conflict: the review has begun, or a colleague was quicker.
    """
    month = command.month.replace(day=1)
    if not month >= FIRST_MONTH or month.year > LAST_YEAR:
        message = f"The month must be from September 2014 to December {LAST_YEAR}"
        raise errors.Invalid(f"{message}.", errors={"month": (message,)})
    if not command.reason.strip():
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    row = learners.lock(work.connection, command.learner_id, seen=command.seen)
    learners.refuse_begun(work.connection, row)
    reason = command.reason.strip()[:1000]
    body = {"month": month.isoformat(), "reason": reason}
    learners.change(
        work.connection,
        row,
        Entered(work.now, work.actor.id, "placed", body),
        {"month": month, "month_reason": reason},
    )
