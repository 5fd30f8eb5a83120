"""Where the record is mended that breaks a rule: words, and the address."""

from typing import Final
from uuid import UUID

# Rules about a module as a whole, or of which another page than that of their value mends them.
ELSEWHERE: Final = {
    "2.5-assessed": "",
    "2.5-not-assessed": "",
    "3.1-plan": "",
    "3.1-no-plan": "",
    "3.7-claimed": "exception",
    "3.7-recorded": "correct-details#week20",
    "4.7-none": "correct-details#named_urn",
    "4.7-ranks": "correct-details#named_urn",
    "4.7-missing": "correct-details#named_urn",
    "5.0-ceased": "",
    "5.0-twice": "",
    "5.4b-overdue": "",
    "5.7-none": "correct-details#placement_urn",
    "5.7-ranks": "correct-details#placement_leaving-day",
    "5.7-missing": "correct-details#placement_urn",
    "5.8-none": "correct-details#sen_type",
    "5.8-ranks": "correct-details#sen_type",
    "5.8-same": "correct-details#sen_type_secondary",
    "1.7-missing": "correct-details#upn",
    "1.4-different": "correct-details#child_sex",
}
DATED: Final = ("placement_entry", "placement_leaving", "second_entry", "second_leaving")


def address(case_id: UUID, rule: str, source: str, value: str) -> tuple[str, str]:
    """Return the words of the link that leads to where a problem is mended, and its address."""
    place = ELSEWHERE.get(rule)
    if place is None:
        place = _of_source(source, value)
    page, _, field = place.partition("#")
    words = {
        "correct-details": "Correct details",
        "correct-date": "Correct a date",
        "exception": "Record the exception",
    }.get(page, "Open the case")
    where = f"/cases/{case_id}" + (f"/{page}" if page else "")
    return words, f"{where}#{field}" if field else where


def _of_source(source: str, value: str) -> str:
    """Return the page that changes what a value comes from; a fact that is missing has none."""
    kind, _, name = source.partition(":")
    if kind == "detail":
        return f"correct-details#{name}-day" if name in DATED else f"correct-details#{name}"
    if kind == "fact" and value:
        return "correct-date"
    return {
        "withheld": "correct-details#address_withheld",
        "setting": "correct-details#placement_urn",
        "party": "correct-details#postcode",
        "form": "correct-details#request_source",
        "exception": "exception",
    }.get(kind, "")
