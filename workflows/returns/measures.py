"""The published measures that a case counts for: how long decisions took, mediation, budgets, reviews."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from workflows.returns import census as years
from workflows.returns.census import Census
from workflows.returns.limits import headline, within
from workflows.returns.material import Material
from workflows.returns.model import ACTIVE_PLAN, ASSESSMENT, NAMED_PLAN, REQUEST, Module
from workflows.returns.rules.days import day

DECISION: Final = "assessment.decision"
NO_PLAN: Final = "assessment.no_plan_notice"
REVIEW: Final = "review.decision"
# Code to words, in the order in which they are shown; by group.
GROUPS: Final[Mapping[str, Mapping[str, str]]] = {
    "Requests": {
        "requests": "Requests received in the year",
        "decision.within": "Decided within 6 weeks",
        "decision.after": "Decided after 6 weeks",
        "decision.open": "Decision yet to be made",
        "request.refused": "Decided not to assess",
        "request.withdrawn": "Withdrawn before the decision",
        "request.mediation": "With mediation about the decision",
        "request.tribunal": "With an appeal about the decision",
        "request.tribunal_after_mediation": "With an appeal after mediation",
    },
    "Assessments": {
        "no_plan.within": "Told within 16 weeks that no plan is issued",
        "no_plan.after": "Told after 16 weeks that no plan is issued",
        "plan.issued": "New plans issued",
        "plan.within": "Plans issued within 20 weeks",
        "plan.late": "Plans issued after 20 and up to 52 weeks",
        "plan.very_late": "Plans issued after 52 weeks",
        "plan.excepted": "Plans to which exceptions applied",
        "plan.within.no_exceptions": "Without exceptions: within 20 weeks",
        "plan.late.no_exceptions": "Without exceptions: after 20 and up to 52 weeks",
        "plan.very_late.no_exceptions": "Without exceptions: after 52 weeks",
        "assessment.open": "Assessments not ended yet",
    },
    "Plans": {
        "active": "Plans in force",
        "ceased": "Plans ceased in the year",
        "budget.education": "Direct payments for education",
        "budget.integrated": "Integrated direct payments",
        "budget.arranged": "Organised arrangements",
    },
    "Reviews": {
        "review.within": "Decided within 4 weeks of the meeting",
        "review.after": "Decided after 4 weeks",
        "review.maintain": "Maintained",
        "review.amend": "Amended",
        "review.cease": "To cease",
    },
}
TITLES: Final = {code: words for group in GROUPS.values() for code, words in group.items()}
_REVIEWS: Final = {"maintain": "maintain", "amend": "amend", "cease": "cease"}
_BUDGETS: Final = {"E": "budget.education", "I": "budget.integrated"}


def of(material: Material, record: Module, census: Census) -> tuple[str, ...]:
    """Return the codes of the measures that a case counts for in a year."""
    request = record.one(REQUEST)
    if request is None:
        return ()
    assessment = request.one(ASSESSMENT)
    plan = assessment.one(NAMED_PLAN) if assessment else None
    return (
        *_of_request(request, census),
        *(_of_assessment(request, assessment) if assessment else ()),
        *(_of_plan(plan) if plan else ()),
        *(("active",) if request.one(ACTIVE_PLAN) else ()),
        *_of_reviews(material, census),
    )


def _of_request(request: Module, census: Census) -> Iterator[str]:
    received, decided = day(request, "ReceivedDate"), day(request, "RequestOutcomeDate")
    if request.text("RequestOutcome") != "H" and census.covers(received):
        yield "requests"
    match request.text("RequestOutcome"):
        case "Y" | "N" as outcome:
            if outcome == "N":
                yield "request.refused"
            in_time = within(DECISION, received, decided)
            if in_time is not None:
                yield "decision.within" if in_time else "decision.after"
        case "A":
            yield "decision.open"
        case "W":
            yield "request.withdrawn"
    yield from _of_dispute(request)


def _of_dispute(request: Module) -> Iterator[str]:
    mediated = request.text("RequestMediation") == "1"
    if mediated:
        yield "request.mediation"
    if request.text("RequestTribunal") == "1":
        yield "request.tribunal"
        if mediated:
            yield "request.tribunal_after_mediation"


def _of_assessment(request: Module, assessment: Module) -> Iterator[str]:
    received, ended = day(request, "ReceivedDate"), day(assessment, "AssessmentOutcomeDate")
    match assessment.text("AssessmentOutcome"):
        case "A":
            yield "assessment.open"
        case "N":
            in_time = within(NO_PLAN, received, ended)
            if in_time is not None:
                yield "no_plan.within" if in_time else "no_plan.after"
        case "Y":
            yield from _of_issue(received, ended, excepted=assessment.text("Week20") == "1")


def _of_issue(received: dt.date | None, issued: dt.date | None, *, excepted: bool) -> Iterator[str]:
    yield "plan.issued"
    if excepted:
        yield "plan.excepted"
    in_time = within(headline(), received, issued)
    if received is None or issued is None or in_time is None:
        return
    very_late = issued > received + dt.timedelta(days=7 * years.long_weeks())
    code = "plan.within" if in_time else "plan.very_late" if very_late else "plan.late"
    yield code
    if not excepted:
        yield f"{code}.no_exceptions"


def _of_plan(plan: Module) -> Iterator[str]:
    if plan.text("CeaseDate"):
        yield "ceased"
    if plan.text("DP") in _BUDGETS:
        yield _BUDGETS[plan.text("DP")]
    if plan.text("OA") == "1":
        yield "budget.arranged"


def _of_reviews(material: Material, census: Census) -> Iterator[str]:
    """Yield what each decision after a review of the year counts for."""
    met = {each.qualifier: each.on for each in material.facts if each.code == "review_meeting_held"}
    for each in material.facts:
        if each.code != "review_decision_notified" or not census.covers(each.on):
            continue
        if each.outcome in _REVIEWS:
            yield f"review.{_REVIEWS[each.outcome]}"
        in_time = within(REVIEW, met.get(each.qualifier), each.on)
        if in_time is not None:
            yield "review.within" if in_time else "review.after"
