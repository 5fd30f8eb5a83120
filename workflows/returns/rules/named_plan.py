"""Rules of module 4: the plan that was named or ceased in the year."""

from functools import partial
from typing import Final

from workflows.returns.model import NAMED_PLAN, PLAN_DETAIL, PRIMARY, Module
from workflows.returns.rules.days import age, before, day
from workflows.returns.rules.rule import Seen, Test, of_module

MOST_SETTINGS: Final = 2
WORKING_AGE: Final = 16
GROWN: Final = 19  # the least age at which reason 1 can be


def _half(one: str, other: str) -> Test:
    def broken(path: tuple[Module, ...], seen: Seen) -> bool:
        del seen
        return bool(path[-1].text(one)) and not path[-1].text(other)

    return broken


def _ceased_first(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return before(day(path[-1], "CeaseDate"), day(path[-1], "StartDate"))


def _other_day(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    told = path[-2].text("AssessmentOutcomeDate") if len(path) > 1 else ""
    return bool(told) and told != path[-1].text("StartDate")


def _too_young(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    ceased = day(path[-1], "CeaseDate")
    if path[-1].text("CeaseReason") != "1" or ceased is None:
        return False
    years = age(day(path[0], "PersonBirthDate"), ceased)
    return years is not None and years < GROWN


def _works_too_young(path: tuple[Module, ...], seen: Seen) -> bool:
    years = age(day(path[0], "PersonBirthDate"), seen.census.day)
    return bool(path[-1].text("PlanWBP")) and years is not None and years < WORKING_AGE


def _paid_without(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    plan = path[-1]
    return plan.text("PB") != "1" and (bool(plan.text("DP")) or plan.text("OA") == "1")


def _budget_of_nothing(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    plan = path[-1]
    return plan.text("PB") == "1" and not plan.text("DP") and plan.text("OA") != "1"


def _no_setting(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return not path[-1].of(PLAN_DETAIL)


def _ranks(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    found = [each.text("PlacementRank") for each in path[-1].of(PLAN_DETAIL)]
    return bool(found) and (len(found) > MOST_SETTINGS or found.count(PRIMARY) != 1)


_rule: Final = partial(of_module, NAMED_PLAN)
RULES: Final = (
    _rule(
        "4.1-other?",
        "StartDate",
        (
            "The plan begins on another day than the assessment ended.",
            "Check both dates.",
        ),
        _other_day,
    ),
    _rule(
        "4.3-age?",
        "PlanWBP",
        ("Work-based learning is told of somebody younger than 16.", "Check it."),
        _works_too_young,
    ),
    _rule(
        "4.4-without",
        "PB",
        (
            "Direct payments or arrangements are told, but no personal budget.",
            "Record the decision on the personal budget.",
        ),
        _paid_without,
    ),
    _rule(
        "4.4-how?",
        "PB",
        (
            "A personal budget is taken up, but not how.",
            "Record direct payments, or that it is arranged.",
        ),
        _budget_of_nothing,
    ),
    _rule(
        "4.5-reason",
        "CeaseReason",
        ("The plan ceased, but the reason is missing.", "Choose why it ceased."),
        _half("CeaseDate", "CeaseReason"),
    ),
    _rule(
        "4.5-date",
        "CeaseDate",
        (
            "A reason for ceasing is given, but no date.",
            "Record when the plan ceased, or take the reason away.",
        ),
        _half("CeaseReason", "CeaseDate"),
    ),
    _rule(
        "4.5-order",
        "CeaseDate",
        ("The plan ceased before it began.", "Correct one of the two dates."),
        _ceased_first,
    ),
    _rule(
        "4.6-age?",
        "CeaseReason",
        (
            "The plan ceased at the maximum age, but the person was younger than 19.",
            "Check the reason and the date of birth.",
        ),
        _too_young,
    ),
    _rule(
        "4.6-other?",
        "CeaseReason",
        (
            "The plan ceased for another reason; the department will ask for which.",
            "Choose the reason that fits, if one does.",
        ),
        lambda path, _: path[-1].text("CeaseReason") == "9",
    ),
    _rule(
        "4.7-none",
        "StartDate",
        ("The plan names no setting.", "Enter the setting or the arrangement."),
        _no_setting,
    ),
    _rule(
        "4.7-ranks",
        "StartDate",
        (
            "Of the settings that a plan names one is the primary, and one more may be secondary.",
            "Correct the ranks.",
        ),
        _ranks,
    ),
)
