"""Correct details of a case that the statutory return needs and no process asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.context import case_of
from workflows.returns import details

REASON_LIMIT: Final = 500  # characters


@dataclass(frozen=True, slots=True)
class CorrectDetails:
    """Enter `values` (keys of `returns.details`) of a case, with a reason; "" takes one away."""

    case_id: UUID
    values: Mapping[str, str]
    reason: str


class NothingChanged(errors.Invalid):
    """Nothing is different from what is on the case already."""


def correct_details(command: CorrectDetails, work: Work) -> None:
    """Enter the details; what they were before stays in the history.

    Raises:
        errors.Invalid: no reason, or an entry that does not fit; names each.
        NothingChanged: all of it is as it was.
    """
    entered = details.tidy(command.values)
    wrong = dict(details.faults(entered))
    reason = command.reason.strip()
    if not reason:
        wrong["reason"] = ("Enter a reason",)
    elif len(reason) > REASON_LIMIT:
        wrong["reason"] = (f"The reason must be {REASON_LIMIT} characters or fewer",)
    if wrong:
        raise errors.Invalid("Some details do not fit.", errors=wrong)
    work.lock_subject(command.case_id)
    context = case_of(work, command.case_id)
    kept = context.case.details
    different = {key: text for key, text in entered.items() if text != (kept.get(key) or "")}
    if not different:
        raise NothingChanged
    before = {key: kept.get(key) or "" for key in different}
    work.record(changes.DetailsCorrected(None, command.case_id, before, different, reason))
