"""Record a lawful exception to a time limit."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows import changes
from workflows.context import CaseContext
from workflows.duties.facts import LawfulException
from workflows.duties.refusals import refuse_unlawful


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
    context = work.context(command.case_id)
    if not isinstance(context, CaseContext):
        raise TypeError("a case has a case context")
    claimed = LawfulException(
        command.duty,
        command.ground,
        command.from_date,
        command.to_date,
        command.qualifier,
        command.told_family_on,
        command.reason,
    )
    refuse_unlawful(claimed, context.rulebook, context.facts, context.today)
    context.claim(claimed)
    work.record(
        changes.ExceptionRecorded(
            None,
            command.case_id,
            uuid4(),
            command.duty,
            command.qualifier,
            command.ground,
            command.from_date,
            command.to_date,
            command.told_family_on,
            command.reason[:2000],
        )
    )
