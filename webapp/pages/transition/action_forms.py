"""The forms of the transition plan, and the commands that they become."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.definitions.forms import FieldType, FormDefinition, FormField
from workflows.queries.transition_plan import LearnerRow
from workflows.transition import load
from workflows.transition.details import LearnerDetails
from workflows.transition.model import KIND_NAMES, YEAR_GROUPS, Kind, year_group_name

Values = Mapping[str, Any]
KINDS: Final = tuple((kind.value, KIND_NAMES[kind]) for kind in Kind)
GROUPS: Final = tuple((str(each), year_group_name(each)) for each in YEAR_GROUPS)
REASON: Final = FormField("reason", "Reason", FieldType.TEXTAREA, required=True, maximum=1000)
REMOVE: Final = FormDefinition((REASON,))


def learner_form(settings: Sequence[tuple[str, str]], *, corrects: bool = False) -> FormDefinition:
    """Return the questions about a learner; a correction asks for its reason too."""
    kinds = tuple((each.code, each.title) for each in load.current().settings.values())
    asked = (
        *_who(),
        FormField("year_group", "Year group", FieldType.ENUM, required=True, options=GROUPS),
        FormField(
            "school_year",
            "School year of that year group",
            FieldType.LONG,
            hint="The year in which it began: 2014 is September 2014 to August 2015",
            required=True,
            minimum=2000,
            maximum=2099,
        ),
        FormField("setting_kind", "Kind of setting", FieldType.ENUM, required=True, options=kinds),
        FormField("setting_id", "Setting", FieldType.ENUM, options=tuple(settings)),
        FormField(
            "setting_name",
            "Setting that is not in the list",
            FieldType.STRING,
            maximum=200,
        ),
        FormField(
            "leaves_in",
            "Year in which this setting is left",
            FieldType.LONG,
            hint="Only where it is not the usual one for this kind of setting",
            minimum=2014,
            maximum=2099,
        ),
        FormField(
            "statement_date",
            "Date of the statement or assessment",
            FieldType.DATE,
            past_or_today=True,
        ),
    )
    return FormDefinition((*asked, REASON) if corrects else asked)


def _who() -> tuple[FormField, ...]:
    return (
        FormField("kind", "What the learner holds", FieldType.ENUM, required=True, options=KINDS),
        FormField("first_name", "First name", FieldType.STRING, required=True, maximum=100),
        FormField("last_name", "Last name", FieldType.STRING, required=True, maximum=100),
        FormField(
            "date_of_birth", "Date of birth", FieldType.DATE, required=True, past_or_today=True
        ),
    )


def place_form() -> FormDefinition:
    """Return the questions about the month of a review."""
    return FormDefinition(
        (
            FormField(
                "month",
                "Month",
                FieldType.LONG,
                hint="From 1 to 12",
                required=True,
                minimum=1,
                maximum=12,
            ),
            FormField("year", "Year", FieldType.LONG, required=True, minimum=2014, maximum=2040),
            REASON,
        )
    )


def details(given: Values) -> LearnerDetails:
    """Return a learner from accepted answers."""
    born, stated = given["date_of_birth"], given.get("statement_date")
    setting = given.get("setting_id") or ""
    return LearnerDetails(
        given["first_name"],
        given["last_name"],
        dt.date.fromisoformat(born),
        given["kind"],
        int(given["year_group"]),
        given["school_year"],
        given["setting_kind"],
        setting,
        "" if setting else given.get("setting_name") or "",
        given.get("leaves_in"),
        dt.date.fromisoformat(stated) if stated else None,
    )


def values_of(row: LearnerRow) -> dict[str, Any]:
    """Return what stands in the fields of a correction."""
    each = row.details
    return {
        "kind": each.kind,
        "first_name": each.first_name,
        "last_name": each.last_name,
        "date_of_birth": each.date_of_birth.isoformat(),
        "year_group": str(each.year_group),
        "school_year": each.school_year,
        "setting_kind": each.setting_kind,
        "setting_id": each.setting_id,
        "setting_name": each.setting_name,
        "leaves_in": each.leaves_in,
        "statement_date": each.statement_date.isoformat() if each.statement_date else None,
    }
