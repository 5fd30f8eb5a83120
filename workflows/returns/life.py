"""What became of a request, an assessment and a plan up to a day, from the facts alone."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflows.duties.facts import Fact
from workflows.returns.material import Known, Material

RECEIVED: Final = ("request_received",)
TAKEN_OVER: Final = "plan_received"
STARTS: Final = ("final_plan_sent", TAKEN_OVER)
ENDS: Final = ("plan_ceased", "plan_ceased_as_ordered", "plan_transferred", "moved_away")
GONE: Final = ("request_withdrawn", "moved_away")
AGREED: Final = "assessment_agreed_notified"


class Outcome(StrEnum):
    """Outcome of a request or of an assessment, as the return codes it."""

    YES = "Y"
    NO = "N"
    AWAITED = "A"
    WITHDRAWN = "W"
    HISTORICAL = "H"


@dataclass(frozen=True, slots=True)
class Step:
    """A request or an assessment: how it ended, and by which fact (None while it is open)."""

    outcome: Outcome
    by: Fact | None = None

    @property
    def on(self) -> dt.date | None:
        """The day on which it ended."""
        return self.by.on if self.by else None


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a case up to a day. `request` and `assessment` are None where there is none."""

    received: Fact | None
    request: Step | None
    assessment: Step | None
    started: Fact | None
    ceased: Fact | None

    @property
    def is_active(self) -> bool:
        """Tell whether there is a plan in force."""
        return self.started is not None and self.ceased is None


def life(material: Material, until: dt.date) -> Life:
    """Return the life of a case up to a day.

    1. A plan that another authority made is taken over: request and assessment are historical.
    2. A request ends with the first decision that was told. Where the authority agrees later to
       assess, after mediation or an appeal, it proceeded; the date stays that of the first decision.
    3. An assessment ends with the plan, or with the notice that there will be none.
    4. What ends before its decision is withdrawn.
    5. A plan ends with the first fact after its start that ends it.
    """
    known = material.known(until)
    received = known.first(*RECEIVED)
    started = _started(known)
    ceased = _ceased(known, started)
    if known.first(TAKEN_OVER) or (received is None and started):
        historical = Step(Outcome.HISTORICAL)
        return Life(received, historical, historical, started, ceased)
    if received is None:
        return Life(None, None, None, started, ceased)
    request = _request(known)
    assessment = _assessment(known, started) if request.outcome is Outcome.YES else None
    return Life(received, request, assessment, started, ceased)


def _request(known: Known) -> Step:
    decided = known.first("assessment_decision_notified")
    gone = known.first(*GONE)
    if decided is None:
        return Step(Outcome.WITHDRAWN, gone) if gone else Step(Outcome.AWAITED)
    agreed = decided.outcome == "assess" or known.first(AGREED) is not None
    return Step(Outcome.YES if agreed else Outcome.NO, decided)


def _assessment(known: Known, started: Fact | None) -> Step:
    if started:
        return Step(Outcome.YES, started)
    refused = known.last("plan_decision_notified:no")
    if refused and not known.first("plan_decision_notified:yes"):
        return Step(Outcome.NO, refused)
    gone = known.first(*GONE)
    return Step(Outcome.WITHDRAWN, gone) if gone else Step(Outcome.AWAITED)


def _started(known: Known) -> Fact | None:
    return known.first(*STARTS)


def _ceased(known: Known, started: Fact | None) -> Fact | None:
    if started is None:
        return None
    ends = (each for each in known.facts if each.code in ENDS and each.on >= started.on)
    return next(ends, None)
