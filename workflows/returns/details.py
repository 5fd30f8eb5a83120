"""The details of a case that the return needs and no process asks for, and what is wrong with an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workflows.returns import codes, formats
from workflows.returns.fields import Format

YEAR_GROUPS: Final = (
    ("nursery", "Nursery"),
    ("reception", "Reception"),
    *((str(number), f"Year {number}") for number in range(1, 15)),
)
YES_NO: Final = (("1", "Yes"), ("0", "No"))
CHILD, REQUEST, PLAN = "Child or young person", "Request and assessment", "Plan"
NAMED, PLACED, SECOND = "Setting named in the plan", "Placement", "Second placement"
NEED: Final = "Special educational needs"
ELSEWHERE: Final = "Leave empty if it is the placement below"


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail. `options`: its codes with their words, none for free entry."""

    key: str
    label: str
    group: str
    format: Format
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    def fault(self, text: str) -> str:
        """Return what is wrong with an entry, "" where nothing is; an empty one takes it away."""
        if not text:
            return ""
        if self.options:
            return "" if text in dict(self.options) else f"{self.label}: choose one from the list"
        if formats.FITS[self.format](text):
            return ""
        return f"{self.label} {formats.WORDS[self.format]}"


def _coded(key: str, label: str, group: str, name: str, hint: str = "") -> Detail:
    return Detail(key, label, group, Format.CODE, codes.lists()[name].options, hint)


def _flag(key: str, label: str, group: str, hint: str = "") -> Detail:
    return Detail(key, label, group, Format.FLAG, YES_NO, hint)


def _place(prefix: str, group: str, listed: str, hint: str = "") -> tuple[Detail, ...]:
    return (
        Detail(f"{prefix}_urn", "URN", group, Format.URN, hint=hint),
        Detail(f"{prefix}_ukprn", "UKPRN", group, Format.UKPRN, hint="Where there is no URN"),
        _coded(f"{prefix}_kind", "Arrangement instead of a setting", group, listed),
        Detail(f"{prefix}_other", "Other arrangement in words", group, Format.TEXT),
    )


def _stay(prefix: str, group: str) -> tuple[Detail, ...]:
    return (
        Detail(f"{prefix}_entry", "Entered on", group, Format.DATE),
        Detail(f"{prefix}_leaving", "Left on", group, Format.DATE),
    )


ALL: Final[tuple[Detail, ...]] = (
    _coded("child_sex", "Sex", CHILD, "sex"),
    _coded("ethnicity", "Ethnicity", CHILD, "ethnicity"),
    Detail("upn", "Unique pupil number (UPN)", CHILD, Format.UPN, hint="A letter and 12 figures"),
    Detail("uln", "Unique learner number (ULN)", CHILD, Format.ULN, hint="10 figures"),
    _coded("upn_unknown", "Why there is no UPN or ULN", CHILD, "upn_unknown"),
    Detail(
        "postcode",
        "Postcode",
        CHILD,
        Format.POSTCODE,
        hint="If empty, the one in the family’s address is sent",
    ),
    _flag(
        "address_withheld",
        "Is the address withheld?",
        CHILD,
        "Then no postcode is sent, and its absence is no error",
    ),
    Detail("year_group", "Year group", CHILD, Format.CODE, YEAR_GROUPS),
    _coded(
        "request_source",
        "Who made the request",
        REQUEST,
        "request_source",
        "If empty, what the request says is sent",
    ),
    _flag("rya", "In relevant youth accommodation when requested?", REQUEST),
    Detail(
        "exported_la",
        "Authority moved to before the assessment ended",
        REQUEST,
        Format.LA,
        hint="Its three figures",
    ),
    _flag(
        "week20",
        "Did exceptions to the 20 weeks apply?",
        REQUEST,
        "If empty, the exceptions recorded on the case decide. Record the exception as well",
    ),
    Detail(
        "transfer_la",
        "Authority that the plan came from",
        PLAN,
        Format.LA,
        hint="Its three figures",
    ),
    _coded("cease_reason", "Why the plan ceased", PLAN, "cease_reason"),
    _coded("residential", "Residential", PLAN, "residential"),
    _coded("work_based", "Work-based learning", PLAN, "work_based"),
    _coded("sen_type", "Primary type of need", NEED, "sen_type"),
    _coded("sen_type_secondary", "Secondary type of need", NEED, "sen_type"),
    *_place("named", NAMED, "named_setting", ELSEWHERE),
    *_place("placement", PLACED, "placed_setting", "If empty, that of the case’s setting is sent"),
    *_stay("placement", PLACED),
    _flag("sen_unit", "In a SEN unit?", PLACED),
    _flag("resourced_provision", "In resourced provision?", PLACED),
    *_place("second", SECOND, "placed_setting"),
    *_stay("second", SECOND),
)
BY_KEY: Final[Mapping[str, Detail]] = {each.key: each for each in ALL}


def tidy(values: Mapping[str, Any]) -> dict[str, str]:
    """Return entries as they are kept: without blanks around, numbers and postcodes in capitals."""
    found = {key: value.strip() if isinstance(value, str) else "" for key, value in values.items()}
    for key in ("upn", "postcode"):
        if found.get(key):
            found[key] = found[key].upper()
    if found.get("upn"):
        found["upn"] = found["upn"].replace(" ", "")
    if found.get("uln"):
        found["uln"] = found["uln"].replace(" ", "")
    if found.get("postcode"):
        found["postcode"] = formats.tidy_postcode(found["postcode"])
    return found


def faults(values: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return what is wrong with entries: key to messages."""
    return {
        key: (fault,)
        for key, text in values.items()
        if (fault := BY_KEY[key].fault(text) if key in BY_KEY else "There is no such detail")
    }
