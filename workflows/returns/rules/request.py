"""Rules of module 2: the request and the decision whether to assess."""

import datetime as dt
from functools import partial
from typing import Final

from workflows.returns.model import ACTIVE_PLAN, ASSESSMENT, REQUEST, Module
from workflows.returns.rules.days import before, day
from workflows.returns.rules.rule import Seen, Test, of_module

DECIDED: Final = frozenset({"Y", "N"})
ENDING: Final = frozenset({"A", "W", "H"})
AFTER_THE_OUTCOME: Final = ("RequestMediation", "RequestTribunal")
LONG: Final = dt.timedelta(days=365)


def _outcome(path: tuple[Module, ...]) -> str:
    return path[-1].text("RequestOutcome")


def _lacks(element: str) -> Test:
    def broken(path: tuple[Module, ...], seen: Seen) -> bool:
        del seen
        return _outcome(path) != "H" and not path[-1].text(element)

    return broken


def _lacks_when_decided(element: str) -> Test:
    def broken(path: tuple[Module, ...], seen: Seen) -> bool:
        del seen
        return _outcome(path) in DECIDED and not path[-1].text(element)

    return broken


def _too_late(path: tuple[Module, ...], seen: Seen) -> bool:
    return before(seen.census.last_day, day(path[-1], "ReceivedDate"))


def _out_of_order(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return before(day(path[-1], "RequestOutcomeDate"), day(path[-1], "ReceivedDate"))


def _goes_on(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) in ENDING and any(path[-1].text(each) for each in AFTER_THE_OUTCOME)


def _assessed(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) in {"N", "A", "W"} and path[-1].one(ASSESSMENT) is not None


def _not_assessed(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _outcome(path) == "Y" and path[-1].one(ASSESSMENT) is None


def _moved_and_went_on(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return bool(path[-1].text("Exported")) and path[-1].one(ACTIVE_PLAN) is not None


def _moved_nowhere(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return "Exported" in path[-1].values and not path[-1].text("Exported")


def _long_open(path: tuple[Module, ...], seen: Seen) -> bool:
    received = day(path[-1], "ReceivedDate")
    return _outcome(path) == "A" and before(received, seen.census.last_day - LONG)


_rule: Final = partial(of_module, REQUEST)
RULES: Final = (
    _rule(
        "2.1-missing",
        "ReceivedDate",
        ("The date on which the request was received is missing.", "Enter it."),
        _lacks("ReceivedDate"),
    ),
    _rule(
        "2.1-late",
        "ReceivedDate",
        (
            "The request was received after the end of the period.",
            "Correct the date; a later request belongs into next year’s return.",
        ),
        _too_late,
    ),
    _rule(
        "2.1-long?",
        "ReceivedDate",
        (
            "The request has waited for its decision for more than a year.",
            "Record the decision, or that the request was withdrawn.",
        ),
        _long_open,
    ),
    _rule(
        "2.2-missing",
        "RequestSource",
        ("Who made the request is missing.", "Choose it."),
        _lacks("RequestSource"),
    ),
    _rule(
        "2.3-missing",
        "RYA",
        ("Relevant youth accommodation is missing.", "Say yes or no."),
        _lacks("RYA"),
    ),
    _rule(
        "2.4-missing",
        "RequestOutcomeDate",
        (
            "The date of the decision whether to assess is missing.",
            "Record when the family was told.",
        ),
        _lacks_when_decided("RequestOutcomeDate"),
    ),
    _rule(
        "2.4-order",
        "RequestOutcomeDate",
        (
            "The decision whether to assess lies before the request.",
            "Correct one of the two dates.",
        ),
        _out_of_order,
    ),
    _rule(
        "2.5-end",
        "RequestOutcome",
        (
            "Mediation or an appeal is told of a request that has no decision of this period.",
            "Correct the outcome; A, W and H end the module.",
        ),
        _goes_on,
    ),
    _rule(
        "2.5-assessed",
        "RequestOutcome",
        (
            "There is an assessment without a request that proceeded.",
            "Record the decision to assess.",
        ),
        _assessed,
    ),
    _rule(
        "2.5-not-assessed",
        "RequestOutcome",
        (
            "The request proceeded, but there is no assessment.",
            "Record how the assessment stands.",
        ),
        _not_assessed,
    ),
    _rule(
        "2.6-missing",
        "RequestMediation",
        ("Mediation about the decision to assess is missing.", "Record it on the case."),
        _lacks_when_decided("RequestMediation"),
    ),
    _rule(
        "2.7-missing",
        "RequestTribunal",
        ("The appeal about the decision to assess is missing.", "Record it on the case."),
        _lacks_when_decided("RequestTribunal"),
    ),
    _rule(
        "2.8-missing?",
        "Exported",
        (
            "The child moved to another authority, but not to which.",
            "Enter the three figures of that authority.",
        ),
        _moved_nowhere,
    ),
    _rule(
        "2.8-end",
        "Exported",
        (
            "The child moved to another authority, and still has a plan in force here.",
            "Correct the move, or record that the plan was transferred.",
        ),
        _moved_and_went_on,
    ),
)
