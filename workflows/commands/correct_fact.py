"""Correct the date of a fact, or add one that was missed; every deadline follows."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine import reasons
from engine.unit_of_work import Work
from workflows.context import case_of
from workflows.duties.facts import Fact


@dataclass(frozen=True, slots=True)
class CorrectFact:
    """Enter that the fact `code` of a case happened `on` a day, with a reason."""

    case_id: UUID
    code: str
    on: dt.date
    reason: str
    qualifier: str = ""
    outcome: str = ""


def correct_fact(command: CorrectFact, work: Work) -> None:
    """Enter the fact; the entry that it corrects stays in the ledger.

    Raises:
        errors.Invalid: no reason, an unknown fact, or a date that does not fit the others.
    """
    reason = reasons.given(command.reason)
    work.lock_subject(command.case_id)
    context = case_of(work, command.case_id)
    fact = Fact(command.code, command.on, command.qualifier, command.outcome)
    work.record(context.enter(fact, source="correction", reason=reason))
