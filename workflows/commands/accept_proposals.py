"""Place all learners of a cohort that nobody has placed yet in the month that the plan proposes."""

from dataclasses import dataclass
from typing import Any

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.rulebook import load as rulebook
from workflows.store import learners
from workflows.store.entered import Entered
from workflows.transition import load, schedule
from workflows.transition.model import Kind, Learner


@dataclass(frozen=True, slots=True)
class AcceptProposals:
    """Place the learners of `cohort` (its code)."""

    cohort: str


class NobodyToPlace(errors.Conflict):
    """Everybody of this cohort is placed already."""


def accept_proposals(command: AcceptProposals, work: Work) -> None:
    """Place them.

    Raises:
        errors.NotFound: there is no such cohort.
        NobodyToPlace: nobody is left.
    """
    plan = load.current()
    if command.cohort not in {each.code for each in plan.cohorts}:
        raise errors.NotFound("There is no such cohort.")
    limits = {kind: schedule.review_limit(rulebook.current(), kind) for kind in Kind}
    placed = 0
    for row in learners.unplaced(work.connection):
        standing = schedule.standing(
            _learner(row),
            schedule.Progress(),
            plan,
            limit=limits[Kind(row.kind)],
            today=london.local_date(work.now),
        )
        if standing.cohort.code != command.cohort:
            continue
        placed += 1
        body = {"month": standing.proposed.isoformat(), "reason": "As the plan proposes"}
        learners.change(
            work.connection,
            row,
            Entered(work.now, work.actor.id, "placed", body),
            {"month": standing.proposed, "month_reason": "As the plan proposes"},
        )
    if not placed:
        raise NobodyToPlace


def _learner(row: Any) -> Learner:  # noqa: ANN401 (a row)
    return Learner(Kind(row.kind), row.year_group, row.school_year, row.setting_kind, row.leaves_in)
