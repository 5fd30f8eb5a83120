"""What is kept of the published statistics: each measure with the file and the column that has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine import errors


class Unit(StrEnum):
    """What a figure counts in."""

    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of an authority a year.

    Attributes:
        code: What the program calls it.
        title: What people call it.
        column: The column of the published file, in small letters.
        unit: Per cent of something, or a number of plans, requests or children.
    """

    code: str
    title: str
    column: str
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True)
class Kind:
    """A published file, known by its columns.

    Attributes:
        code: What the program calls it.
        title: What it is about.
        file: Its name as it is published.
        by: How it counts time: "Calendar year" or "Academic year".
        measures: What is kept of it.
    """

    code: str
    title: str
    file: str
    by: str
    measures: tuple[Measure, ...]


class NoSuchMeasure(errors.NotFound):
    """There is no such measure among the published statistics."""


CALENDAR: Final = "Calendar year"
ACADEMIC: Final = "Academic year"
_PERCENT: Final = Unit.PERCENT
NEEDS: Final[Mapping[str, str]] = {
    "asd": "Autistic spectrum disorder",
    "hi": "Hearing impairment",
    "mld": "Moderate learning difficulty",
    "msi": "Multi-sensory impairment",
    "oth": "Other difficulty or disability",
    "pd": "Physical disability",
    "pmld": "Profound and multiple learning difficulty",
    "semh": "Social, emotional and mental health",
    "slcn": "Speech, language and communication needs",
    "sld": "Severe learning difficulty",
    "spld": "Specific learning difficulty",
    "vi": "Vision impairment",
}
KINDS: Final = (
    Kind(
        "timeliness",
        "Plans issued in 20 weeks",
        "timeliness_20_week.csv",
        CALENDAR,
        (
            Measure("new_plans", "New plans issued", "plans_issued_den"),
            Measure(
                "in_20_weeks",
                "Plans issued in 20 weeks, exceptions counted",
                "pc_plans_issued_within_20_weeks",
                _PERCENT,
            ),
            Measure(
                "in_20_weeks_without_exceptions",
                "Plans issued in 20 weeks, without cases that had an exception",
                "pc_plans_issued_20_weeks_ex",
                _PERCENT,
            ),
        ),
    ),
    Kind(
        "requests",
        "Requests for an assessment",
        "requests.csv",
        CALENDAR,
        (
            Measure("requests", "Requests for an assessment", "requests_received_in_year"),
            Measure("refusals", "Requests that were refused", "requests_decided_not_to_assess"),
            Measure("refused", "Share of requests refused", "request_not_assess_pc", _PERCENT),
            Measure(
                "decided_in_6_weeks",
                "Decisions whether to assess made in 6 weeks",
                "request_outcome_six_weeks_pc",
                _PERCENT,
            ),
            Measure(
                "mediations_after_request",
                "Mediations about a refusal to assess",
                "mediation_related_request",
            ),
            Measure(
                "appeals_after_request",
                "Appeals about a refusal to assess",
                "tribunal_related_request",
            ),
        ),
    ),
    Kind(
        "assessments",
        "Assessments and their outcome",
        "assessments.csv",
        CALENDAR,
        (
            Measure("assessments", "Assessments completed", "assess_in_year"),
            Measure("plans_made", "Assessments that ended with a plan", "assess_issued"),
            Measure(
                "no_plan",
                "Share of assessments that ended without a plan",
                "assess_not_issued_pc",
                _PERCENT,
            ),
            Measure(
                "mediations_after_assessment",
                "Mediations after an assessment",
                "number_assess_mediation",
            ),
            Measure("mediations_other", "Other mediations", "number_other_mediation"),
        ),
    ),
    Kind(
        "caseload",
        "Plans in force",
        "caseload.csv",
        ACADEMIC,
        (
            Measure("plans", "Plans in force in January", "ehcplans"),
            Measure(
                "in_mainstream", "Plans in mainstream schools", "mainstream_total_pc", _PERCENT
            ),
            Measure("in_special", "Plans in special schools", "special_total_pc", _PERCENT),
            Measure("in_further", "Plans in further education", "fe_total_pc", _PERCENT),
            Measure("elsewhere", "Plans of those educated elsewhere", "ed_elsewhere_pc", _PERCENT),
        ),
    ),
    Kind(
        "needs",
        "Primary need in plans",
        "sen_needs_all_plans.csv",
        ACADEMIC,
        tuple(
            Measure(f"need_{code}", f"{title}, as primary need", f"{code}_pc", _PERCENT)
            for code, title in NEEDS.items()
        ),
    ),
    Kind(
        "budgets",
        "Personal budgets",
        "personal_budgets.csv",
        ACADEMIC,
        (
            Measure("personal_budgets", "Personal budgets in place", "personal_budget"),
            Measure("education_budgets", "Of these, for education", "pb_education"),
        ),
    ),
    Kind(
        "reviews",
        "Annual reviews",
        "annual_reviews.csv",
        CALENDAR,
        (
            Measure("reviews_due", "Annual reviews that were due", "review_expected"),
            Measure("review_meetings", "Review meetings held", "total_review_meeting"),
            Measure(
                "reviews_in_4_weeks",
                "Decisions after a review made in 4 weeks",
                "pc_decsion_4weeks",
                _PERCENT,
            ),
        ),
    ),
)
MEASURES: Final[Mapping[str, Measure]] = {
    measure.code: measure for kind in KINDS for measure in kind.measures
}
KIND_OF: Final[Mapping[str, Kind]] = {
    measure.code: kind for kind in KINDS for measure in kind.measures
}


def measure_of(code: str) -> Measure:
    """Return a measure by its code.

    Raises:
        NoSuchMeasure: there is none.
    """
    if code not in MEASURES:
        raise NoSuchMeasure
    return MEASURES[code]
