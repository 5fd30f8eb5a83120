"""Write the whole working plan at once, as programs do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.context import case_of
from workflows.plan import document, take
from workflows.store import plans


@dataclass(frozen=True, slots=True)
class SavePlan:
    """Let the working plan be `document` from now on; `revision`: of the plan it was made of."""

    case_id: UUID
    document: Mapping[str, Any]
    revision: int


class PlanChanged(errors.Conflict):
    """Somebody has changed the plan since you read it."""


def save_plan(command: SavePlan, work: Work) -> None:
    """Write the plan; only sections that differ are entered as changed.

    Raises:
        PlanChanged: the details say which revision it has now.
        document.InvalidPlan: the document cannot be accepted; every fault is named.
    """
    work.lock_subject(command.case_id)
    case = case_of(work, command.case_id)
    kept = plans.working(work.connection, command.case_id)
    if kept.revision != command.revision:
        raise PlanChanged(details={"revision": str(kept.revision)})
    after = document.check(command.document, case.today)
    work.record(*take.changed(case, document.load(kept.document), after, kept.revision))
