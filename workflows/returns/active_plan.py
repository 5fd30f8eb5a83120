"""A plan that is in force on the census day: its placements, its needs, its latest review: module 5."""

import datetime as dt

from workflows.duties.facts import Fact
from workflows.returns.census import Census
from workflows.returns.life import TAKEN_OVER, life
from workflows.returns.material import Known, Material, dated
from workflows.returns.model import (
    ACTIVE_PLAN,
    NEED,
    PLACEMENT,
    PRIMARY,
    SECONDARY,
    Module,
    Value,
)
from workflows.returns.places import place

OUTCOMES = {"maintain": "M", "amend": "A", "cease": "C"}
TRANSFER_OF_PHASE = ("review_started:phase", "review_started:post_16")
DONE = ("amended_plan_sent", "amendment_not_made")


def active_plan(material: Material, census: Census) -> Module | None:
    """Return the plan, None where none is in force."""
    lived = life(material, census.day)
    if not lived.is_active:
        return None
    known = material.known(census.day)
    values = {**_transfer(material, known, census), **_review(known), **_phase(material, known)}
    return Module(ACTIVE_PLAN, values, (*_placements(material), *_needs(material)))


def _transfer(material: Material, known: Known, census: Census) -> dict[str, Value]:
    """Return the authority that the plan came from, where that was in the year."""
    came = known.first(TAKEN_OVER)
    if came is None or not census.covers(came.on):
        return {}
    return {"TransferLA": material.detail("transfer_la")}


def _review(known: Known) -> dict[str, Value]:
    """Return the latest meeting, and the decision and the draft that followed it."""
    meeting = known.last("review_meeting_held")
    decision = known.last("review_decision_notified")
    draft = known.last("amendment_notice_sent") if _amends(decision) else None
    source = "fact:review_decision_notified"
    return {
        "ReviewMeeting": dated(meeting, "review_meeting_held"),
        "ReviewOutcome": Value(OUTCOMES.get(decision.outcome, "") if decision else "", source),
        "ReviewDraft": dated(draft, "amendment_notice_sent"),
        "LastReview": dated(decision, "review_decision_notified"),
    }


def _amends(decision: Fact | None) -> bool:
    return decision is not None and decision.outcome == "amend"


def _phase(material: Material, known: Known) -> dict[str, Value]:
    """Return when the plan had to be amended for the latest move to another phase, and when it was."""
    if not material.phase_dues:
        return {}
    review, due = max(material.phase_dues.items(), key=lambda each: (each[1], each[0]))
    done = next(
        (each for each in known.facts if each.code in DONE and each.qualifier == review), None
    )
    return {
        "PhaseTransferDueDate": Value(due.isoformat(), "deadline"),
        "PhaseTransferFinalDate": dated(done, "amended_plan_sent"),
    }


def _placements(material: Material) -> tuple[Module, ...]:
    first = _placement(material, "placement", PRIMARY)
    first = Module(
        PLACEMENT,
        {
            **first.values,
            "Res": material.detail("residential"),
            "WBP": material.detail("work_based"),
        },
    )
    second = _placement(material, "second", SECONDARY)
    given = any(second.text(each) for each in ("URN", "UKPRN", "SENSetting", "EntryDate"))
    return (first, second) if given else (first,)


def _placement(material: Material, prefix: str, rank: str) -> Module:
    values = {
        **place(material, prefix, rank),
        "EntryDate": material.detail(f"{prefix}_entry"),
        "LeavingDate": material.detail(f"{prefix}_leaving"),
    }
    return Module(PLACEMENT, values)


def _needs(material: Material) -> tuple[Module, ...]:
    """Return the types of need; an empty primary one is there, so that it is missed."""
    ranked = ((PRIMARY, "sen_type"), (SECONDARY, "sen_type_secondary"))
    return tuple(
        Module(
            NEED,
            {"SENtype": material.detail(key), "SENtypeRank": Value(rank, "counted")},
        )
        for rank, key in ranked
        if rank == PRIMARY or material.detail(key).text
    )


def started_on(material: Material, census: Census) -> dt.date | None:
    """Return when the plan in force began, None where none is."""
    lived = life(material, census.day)
    return lived.started.on if lived.is_active and lived.started else None
