"""Of what cases a county consists: as the published statistics have it, where they are loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from workflows.queries.comparator_lines import OF_ENGLAND, OWN, comparator_lines
from workflows.simulation.guesses import SHARES

TAKEN_OVER: Final = "taken over"
REVIEWED: Final = "under review"
OPEN: Final = "open"
REFUSED: Final = "refused"
NO_PLAN: Final = "no plan"
WITHDRAWN: Final = "withdrawn"
IN_TIME: Final = "in time"
LATE: Final = "late"
# England in 2024: fewer than half of the new plans came within 20 weeks (SEN2).
IN_20_WEEKS: Final = 46.0
WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares, 0 to 1.

    Attributes:
        taken_over: Of all cases, plans that were there before ehcflow, or came with a child.
        reviewed: Of these plans, those whose review is worked on.
        open: Of requests, those that are still worked on.
        withdrawn: Of requests that ended.
        refused: Of decisions whether to assess.
        no_plan: Of assessments.
        in_20_weeks: Of plans issued.
    """

    taken_over: float = 0.76
    reviewed: float = 0.04
    open: float = 0.35
    withdrawn: float = 0.05
    refused: float = SHARES["decide_to_assess", "decision_to_assess"]["refuse"] / WHOLE
    no_plan: float = SHARES["decide_on_plan", "plan_necessary"]["no"] / WHOLE
    in_20_weeks: float = IN_20_WEEKS / WHOLE

    def weights(self) -> Mapping[str, float]:
        """Return the share of each sort of case."""
        requests = 1 - self.taken_over
        ended = requests * (1 - self.open)
        decided = ended * (1 - self.withdrawn)
        assessed = decided * (1 - self.refused)
        issued = assessed * (1 - self.no_plan)
        return {
            TAKEN_OVER: self.taken_over * (1 - self.reviewed),
            REVIEWED: self.taken_over * self.reviewed,
            OPEN: requests * self.open,
            WITHDRAWN: ended * self.withdrawn,
            REFUSED: decided * self.refused,
            NO_PLAN: assessed * self.no_plan,
            IN_TIME: issued * self.in_20_weeks,
            LATE: issued * (1 - self.in_20_weeks),
        }


def usual(connection: sa.Connection) -> Mix:
    """Return the shares of the newest published year: one's own area, else England, else a guess."""
    guess = Mix()
    return Mix(
        refused=_published(connection, "refused", guess.refused),
        no_plan=_published(connection, "no_plan", guess.no_plan),
        in_20_weeks=_published(connection, "in_20_weeks", guess.in_20_weeks),
    )


def _published(connection: sa.Connection, measure: str, guess: float) -> float:
    lines = {each.kind: each.points for each in comparator_lines(connection, measure)}
    points = lines.get(OWN) or lines.get(OF_ENGLAND) or ()
    return points[-1][1] / WHOLE if points else guess


def sort_of(case: Any, final_plan_state: str | None) -> str:  # noqa: ANN401 (a row)
    """Return the sort of a case, by how its final plan's time limit stands."""
    if case.process_key != "ehc_assessment":
        return REVIEWED if case.status == "open" else TAKEN_OVER
    if case.status == "open":
        return OPEN
    ended = {"refused": REFUSED, "no_plan": NO_PLAN, "issued": IN_TIME}
    sort = ended.get(case.outcome, WITHDRAWN)
    return LATE if sort == IN_TIME and final_plan_state == "met_late" else sort
