"""Rules of module 3: the assessment and its outcome."""

from functools import partial
from typing import Final

from workflows.returns.model import ASSESSMENT, NAMED_PLAN, Module
from workflows.returns.rules.days import before, day
from workflows.returns.rules.rule import Seen, of_module

DECIDED: Final = frozenset({"Y", "N"})
AFTER_THE_OUTCOME: Final = (
    "AssessmentOutcomeDate",
    "AssessmentMediation",
    "AssessmentTribunal",
    "OtherMediation",
    "OtherTribunal",
    "Week20",
)


def _outcome(path: tuple[Module, ...]) -> str:
    return path[-1].text("AssessmentOutcome")


def _lacks_date(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) in DECIDED and not path[-1].text("AssessmentOutcomeDate")


def _lacks_flag(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) in DECIDED and not path[-1].text("Week20")


def _out_of_order(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    request = path[-2] if len(path) > 1 else None
    return before(day(path[-1], "AssessmentOutcomeDate"), day(request, "RequestOutcomeDate"))


def _goes_on(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) in {"A", "W", "H"} and any(
        path[-1].text(each) for each in AFTER_THE_OUTCOME
    )


def _plan_without(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) in {"N", "A", "W"} and path[-1].one(NAMED_PLAN) is not None


def _without_plan(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) == "Y" and path[-1].one(NAMED_PLAN) is None


def _not_recorded(path: tuple[Module, ...], seen: Seen) -> bool:
    return path[-1].text("Week20") == "1" and not seen.claimed


def _not_told(path: tuple[Module, ...], seen: Seen) -> bool:
    return path[-1].text("Week20") == "0" and seen.claimed


def _needless(path: tuple[Module, ...], seen: Seen) -> bool:
    return path[-1].text("Week20") == "1" and seen.in_time is True


_rule: Final = partial(of_module, ASSESSMENT)
RULES: Final = (
    _rule(
        "3.1-end",
        "AssessmentOutcome",
        (
            "More is told of an assessment that has no outcome of this period.",
            "Correct the outcome; A, W and H end the module.",
        ),
        _goes_on,
    ),
    _rule(
        "3.1-plan",
        "AssessmentOutcome",
        (
            "There is a plan without an assessment that ended with one.",
            "Record the decision to issue a plan.",
        ),
        _plan_without,
    ),
    _rule(
        "3.1-no-plan",
        "AssessmentOutcome",
        ("The assessment ended with a plan, but there is none.", "Record the final plan."),
        _without_plan,
    ),
    _rule(
        "3.2-missing",
        "AssessmentOutcomeDate",
        (
            "The date of the outcome of the assessment is missing.",
            "Record when the family was told.",
        ),
        _lacks_date,
    ),
    _rule(
        "3.2-order",
        "AssessmentOutcomeDate",
        (
            "The assessment ended before it was decided to assess.",
            "Correct one of the two dates.",
        ),
        _out_of_order,
    ),
    _rule(
        "3.7-missing",
        "Week20",
        ("Whether exceptions to the 20 weeks apply is missing.", "Say yes or no."),
        _lacks_flag,
    ),
    _rule(
        "3.7-claimed",
        "Week20",
        (
            "Exceptions to the 20 weeks are claimed, but none is recorded with its ground.",
            "Record the lawful exception, or say that none applied.",
        ),
        _not_recorded,
    ),
    _rule(
        "3.7-recorded",
        "Week20",
        (
            "An exception to the 20 weeks is recorded, but not told.",
            "Say that exceptions applied, or take back that they did not.",
        ),
        _not_told,
    ),
    _rule(
        "3.7-needless?",
        "Week20",
        (
            "Exceptions are told of a plan that was issued in time.",
            "Check whether the exception belongs to this assessment.",
        ),
        _needless,
    ),
)
