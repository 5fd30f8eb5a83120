"""What the form of a transfer is filled with for a learner of the transition plan."""

import datetime as dt

from workflows.queries.transition_plan import LearnerRow
from workflows.transition.model import Cohort, Rule, school_year_of


def start_values(row: LearnerRow, today: dt.date) -> dict[str, str]:
    """Return field to value; a form takes what it asks for."""
    details = row.details
    year_group = details.learner.year_group_in(school_year_of(today))
    return {
        "learner": str(row.id),
        "transfer_kind": details.kind,
        "cohort": _cohort(row.standing.cohort),
        "child_first_name": details.first_name,
        "child_last_name": details.last_name,
        "child_date_of_birth": details.date_of_birth.isoformat(),
        "year_group": {-1: "nursery", 0: "reception"}.get(year_group, str(year_group)),
        "setting": details.setting_id,
    }


def _cohort(cohort: Cohort) -> str:
    """Return the choice of the form for a cohort: which date the law has for it."""
    match cohort.rule:
        case Rule.POST_16_TRANSFER:
            return "post_16_2015" if cohort.code == "post_16_2015" else "post_16"
        case Rule.PHASE_TRANSFER:
            return "phase"
        case Rule.ENTERS_YEAR:
            return "year_9"
    return "other"
