"""Rules of module 1: who it is."""

from collections.abc import Callable
from typing import Final

from workflows.returns.model import PERSON, REQUEST, Module
from workflows.returns.rules.days import age, before, day
from workflows.returns.rules.rule import Rule, Seen, Severity

YOUNGEST_LEARNER: Final = 14  # ULNs are given from then on
SCHOOL_AGE: Final = 6  # UN1 is for those under it
OLDEST: Final = 25
NUMBERS: Final = ("UPN", "UniqueLearnerNumber")


def _known(person: Module) -> bool:
    return any(person.text(each) for each in NUMBERS)


def _age(person: Module, seen: Seen) -> int:
    return age(day(person, "PersonBirthDate"), seen.census.day) or 0


def _of(broken: Callable[[Module, Seen], bool]) -> Callable[[tuple[Module, ...], Seen], bool]:
    return lambda path, seen: broken(path[-1], seen)


def _postcode(person: Module, seen: Seen) -> bool:
    del seen
    value = person.values.get("PostCode")
    return value is not None and not value.text and value.source != "withheld"


def _withheld(person: Module, seen: Seen) -> bool:
    del seen
    value = person.values.get("PostCode")
    return value is not None and not value.text and value.source == "withheld"


def _born_after_request(person: Module, seen: Seen) -> bool:
    del seen
    born = day(person, "PersonBirthDate")
    return any(before(day(each, "ReceivedDate"), born) for each in person.of(REQUEST))


RULES: Final = (
    Rule(
        "1.3-order",
        Severity.ERROR,
        PERSON,
        "PersonBirthDate",
        "The date of birth lies after the request.",
        "Correct the date of birth, or the date on which the request was received.",
        _of(_born_after_request),
    ),
    Rule(
        "1.3-age",
        Severity.QUERY,
        PERSON,
        "PersonBirthDate",
        "The person is older than 25 on the census day.",
        "Check the date of birth; a plan ends at the latest with the year in which they turn 25.",
        _of(lambda person, seen: _age(person, seen) > OLDEST),
    ),
    Rule(
        "1.6-missing",
        Severity.ERROR,
        PERSON,
        "PostCode",
        "The postcode is missing.",
        "Enter it; or say that the address is withheld.",
        _of(_postcode),
    ),
    Rule(
        "1.6-withheld",
        Severity.QUERY,
        PERSON,
        "PostCode",
        "The postcode is not sent, since the address is withheld.",
        "Nothing, if that is still right. Tell the department so, if it asks.",
        _of(_withheld),
    ),
    Rule(
        "1.7-missing",
        Severity.ERROR,
        PERSON,
        "UPN",
        "There is no UPN, no ULN, and no reason why they are not known.",
        "Enter the UPN or the ULN, or choose the reason.",
        _of(lambda person, _: not _known(person) and not person.text("UPNunknown")),
    ),
    Rule(
        "1.7-both",
        Severity.QUERY,
        PERSON,
        "UPNunknown",
        "A reason for not knowing the UPN is given beside a UPN or ULN.",
        "Take the reason away, or the number if it is wrong.",
        _of(lambda person, _: _known(person) and bool(person.text("UPNunknown"))),
    ),
    Rule(
        "1.7b-age",
        Severity.QUERY,
        PERSON,
        "UniqueLearnerNumber",
        "A ULN is given for somebody younger than 14.",
        "Check the ULN and the date of birth.",
        _of(
            lambda person, seen: (
                bool(person.text("UniqueLearnerNumber")) and _age(person, seen) < YOUNGEST_LEARNER
            )
        ),
    ),
    Rule(
        "1.7c-age",
        Severity.QUERY,
        PERSON,
        "UPNunknown",
        "The reason UN1 is for children under 6.",
        "Enter the UPN, or choose another reason.",
        _of(
            lambda person, seen: (
                person.text("UPNunknown") == "UN1" and _age(person, seen) >= SCHOOL_AGE
            )
        ),
    ),
)
