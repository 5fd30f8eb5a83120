"""Rules of module 5: the plan in force, its placements, needs and reviews."""

from functools import partial
from typing import Final

from workflows.returns.model import (
    ACTIVE_PLAN,
    ASSESSMENT,
    NAMED_PLAN,
    NEED,
    PLACEMENT,
    PRIMARY,
    Module,
)
from workflows.returns.rules.days import before, day
from workflows.returns.rules.rule import Seen, of_module

MOST_NEEDS: Final = 2


def _ceased(path: tuple[Module, ...], seen: Seen) -> bool:
    assessment = path[-2].one(ASSESSMENT) if len(path) > 1 else None
    plan = assessment.one(NAMED_PLAN) if assessment else None
    ceased = day(plan, "CeaseDate")
    return ceased is not None and ceased <= seen.census.day


def _nowhere(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return not path[-1].of(PLACEMENT)


def _placement_ranks(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    found = [each.text("PlacementRank") for each in path[-1].of(PLACEMENT)]
    current = [
        each.text("PlacementRank")
        for each in path[-1].of(PLACEMENT)
        if not each.text("LeavingDate")
    ]
    return bool(found) and (PRIMARY not in found or current.count(PRIMARY) > 1)


def _needless(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return not path[-1].of(NEED)


def _need_ranks(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    found = [each.text("SENtypeRank") for each in path[-1].of(NEED)]
    return bool(found) and (
        len(found) > MOST_NEEDS or found.count(PRIMARY) != 1 or len(set(found)) < len(found)
    )


def _same_need(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    found = [text for each in path[-1].of(NEED) if (text := each.text("SENtype"))]
    return len(set(found)) < len(found)


def _half_reviewed(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return bool(path[-1].text("ReviewOutcome")) != bool(path[-1].text("LastReview"))


def _decided_first(path: tuple[Module, ...], seen: Seen) -> bool:
    """Tell whether there is a decision, and no meeting that it can have followed."""
    del seen
    decided, met = day(path[-1], "LastReview"), day(path[-1], "ReviewMeeting")
    return decided is not None and met is None


def _draft_of_nothing(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return bool(path[-1].text("ReviewDraft")) and path[-1].text("ReviewOutcome") != "A"


def _never_reviewed(path: tuple[Module, ...], seen: Seen) -> bool:
    reviewed = path[-1].text("LastReview")
    return not reviewed and before(seen.review_by, seen.census.day)


def _late_transfer(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    due, done = day(path[-1], "PhaseTransferDueDate"), day(path[-1], "PhaseTransferFinalDate")
    return before(due, done)


def _transfer_not_due(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    final = path[-1].text("PhaseTransferFinalDate")
    return bool(final) and not path[-1].text("PhaseTransferDueDate")


def _from_nowhere(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return "TransferLA" in path[-1].values and not path[-1].text("TransferLA")


_rule: Final = partial(of_module, ACTIVE_PLAN)
RULES: Final = (
    _rule(
        "5.0-ceased",
        "ReviewMeeting",
        (
            "The plan ceased, and is told to be in force.",
            "Record that it ceased, or correct the date.",
        ),
        _ceased,
    ),
    _rule(
        "5.1-missing",
        "TransferLA",
        (
            "The plan came from another authority, but not from which.",
            "Enter the three figures of that authority.",
        ),
        _from_nowhere,
    ),
    _rule(
        "5.4a-missing",
        "ReviewMeeting",
        (
            "A decision after a review is told, but no review meeting.",
            "Record the meeting.",
        ),
        _decided_first,
    ),
    _rule(
        "5.4b-overdue?",
        "LastReview",
        (
            "The plan is older than a year, and no review is recorded.",
            "Record the latest review.",
        ),
        _never_reviewed,
    ),
    _rule(
        "5.4c-half",
        "ReviewOutcome",
        (
            "Of the decision after a review only the date or only the outcome is told.",
            "Record both.",
        ),
        _half_reviewed,
    ),
    _rule(
        "5.4d-outcome?",
        "ReviewDraft",
        (
            "A draft amended plan is told, though the review did not end with amending.",
            "Check the outcome of the review.",
        ),
        _draft_of_nothing,
    ),
    _rule(
        "5.6-late?",
        "PhaseTransferFinalDate",
        (
            "The final plan for the move to another phase is later than it was due.",
            "Check the date; if it is right, leave it.",
        ),
        _late_transfer,
    ),
    _rule(
        "5.6-due",
        "PhaseTransferFinalDate",
        (
            "A final plan for a move to another phase is told, but not when it was due.",
            "Record the day of the move in the review.",
        ),
        _transfer_not_due,
    ),
    _rule(
        "5.7-none",
        "ReviewMeeting",
        ("The plan in force has no placement.", "Enter the placement."),
        _nowhere,
    ),
    _rule(
        "5.7-ranks",
        "ReviewMeeting",
        (
            "Of the present placements one is the primary one.",
            "Correct the ranks, or say which placement ended.",
        ),
        _placement_ranks,
    ),
    _rule(
        "5.8-none",
        "ReviewMeeting",
        ("The plan in force has no type of need.", "Choose the primary type of need."),
        _needless,
    ),
    _rule(
        "5.8-ranks",
        "ReviewMeeting",
        (
            "There is one primary type of need, and one more may be secondary.",
            "Correct the types of need.",
        ),
        _need_ranks,
    ),
    _rule(
        "5.8-same",
        "ReviewMeeting",
        ("The same type of need is told twice.", "Take one away."),
        _same_need,
    ),
)
