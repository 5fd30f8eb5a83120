"""Record a lawful exception to a time limit."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.context import case_of
from workflows.duties.facts import LawfulException


@dataclass(frozen=True, slots=True)
class RecordException:
    """Claim that `ground` excuses `duty` in a case, with its evidence dates."""

    case_id: UUID
    duty: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    reason: str
    qualifier: str = ""
    told_family_on: dt.date | None = None


def record_exception(command: RecordException, work: Work) -> None:
    """Record the exception: it lifts the duty to keep the limit, and sets no new date.

    Raises:
        refusals.UnlawfulException: the regulation has no such ground, or its dates do not bear it out.
    """
    work.lock_subject(command.case_id)
    context = case_of(work, command.case_id)
    claimed = LawfulException(
        command.duty,
        command.ground,
        command.from_date,
        command.to_date,
        command.qualifier,
        command.told_family_on,
        command.reason,
    )
    work.record(context.claim(claimed))
