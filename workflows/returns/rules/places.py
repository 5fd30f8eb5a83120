"""Rules of settings and placements: by number or by arrangement, and only by one of them."""

from collections.abc import Iterator
from typing import Final

from workflows.returns.model import PLACEMENT, PLAN_DETAIL, Module
from workflows.returns.rules.days import age, before, day
from workflows.returns.rules.rule import Rule, Seen, Severity

NAMES: Final = ("URN", "UKPRN", "SENSetting")
IN_WORDS: Final = frozenset({"OTH", "NIEO"})
NEET_AGES: Final = range(16, 26)


def _named(place: Module) -> int:
    return sum(bool(place.text(each)) for each in NAMES)


def _nowhere(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _named(path[-1]) == 0


def _twice(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return _named(path[-1]) > 1


def _not_in_words(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return path[-1].text("SENSetting") in IN_WORDS and not path[-1].text("SENSettingOther")


def _unit_and_provision(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    both = ("SENunitIndicator", "ResourcedProvisionIndicator")
    return all(path[-1].text(each) == "1" for each in both)


def _neet(path: tuple[Module, ...], seen: Seen) -> bool:
    years = age(day(path[0], "PersonBirthDate"), seen.census.day)
    return path[-1].text("SENSetting") == "NEET" and years is not None and years not in NEET_AGES


def _left_first(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    return before(day(path[-1], "LeavingDate"), day(path[-1], "EntryDate"))


def _no_entry(path: tuple[Module, ...], seen: Seen) -> bool:
    del seen
    in_education = not path[-1].text("SENSetting").startswith("N")
    return in_education and not path[-1].text("EntryDate")


def _shared(module: str, number: str) -> Iterator[Rule]:
    yield Rule(
        f"{number}-missing",
        Severity.ERROR,
        module,
        "URN",
        "It is not said where: no URN, no UKPRN and no arrangement.",
        "Enter the URN of the setting, its UKPRN, or the arrangement.",
        _nowhere,
    )
    yield Rule(
        f"{number}-twice",
        Severity.ERROR,
        module,
        "URN",
        "More than one of URN, UKPRN and arrangement is given.",
        "Keep one of them.",
        _twice,
    )
    yield Rule(
        f"{number}-words",
        Severity.ERROR,
        module,
        "SENSettingOther",
        "The other arrangement is not told in words.",
        "Say what it is.",
        _not_in_words,
    )
    yield Rule(
        f"{number}-unit",
        Severity.QUERY,
        module,
        "SENunitIndicator",
        "Both a SEN unit and resourced provision are told.",
        "Check which of them it is.",
        _unit_and_provision,
    )


RULES: Final = (
    *_shared(PLAN_DETAIL, "4.7"),
    *_shared(PLACEMENT, "5.7"),
    Rule(
        "5.7c-age",
        Severity.ERROR,
        PLACEMENT,
        "SENSetting",
        "NEET is for those of 16 to 25 years.",
        "Choose another arrangement, or correct the date of birth.",
        _neet,
    ),
    Rule(
        "5.7e-missing",
        Severity.ERROR,
        PLACEMENT,
        "EntryDate",
        "The date on which the placement began is missing.",
        "Enter it.",
        _no_entry,
    ),
    Rule(
        "5.7f-order",
        Severity.ERROR,
        PLACEMENT,
        "LeavingDate",
        "The placement ended before it began.",
        "Correct one of the two dates.",
        _left_first,
    ),
)
