"""Erase a case that two people let be erased."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine.changes import SubjectErased
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import erasure, retention

KEPT: Final = "A legal hold was placed, the case was opened again, or the rule was ended meanwhile"


@dataclass(frozen=True, slots=True)
class EraseCase:
    """Erase `case_id` of a confirmed proposal."""

    proposal_id: UUID
    case_id: UUID


def erase_case(command: EraseCase, work: Work) -> None:
    """Erase what is personal; a case that is no longer due, or is on hold by now, is kept.

    The last entry of its history says that it was erased, and proves what is kept of those before.
    """
    work.lock_subject(command.case_id)
    if not retention.is_due(work.connection, command.case_id, london.local_date(work.now)):
        retention.settle_item(work.connection, command.proposal_id, command.case_id, "kept", KEPT)
        return
    digest, _ = erasure.erase(work.connection, command.case_id, command.proposal_id, now=work.now)
    retention.settle_item(work.connection, command.proposal_id, command.case_id, "erased")
    work.record(SubjectErased(None, command.case_id, str(digest), digest.entries))
