"""Plain answers to what a scenario does not say, so that it tells only what matters."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from engine.definitions.forms import FieldType, FormDefinition, FormField

CHILD: Final[Mapping[str, str]] = {
    "request_source": "1",
    "child_first_name": "Ada",
    "child_last_name": "Example",
    "setting": "st-aidans",
    "area": "north",
    "year_group": "4",
    "parent_name": "Joan Example",
    "parent_email": "joan@families.test",
}
BORN: Final = "child_date_of_birth"
AGE: Final = 9
OTHERS: Final[Mapping[str, str]] = {
    "decision_to_assess": "assess",
    "plan_necessary": "yes",
    "advice_accepted": "yes",
    "health_agrees": "yes",
    "meeting_wanted": "no",
    "budget_wanted": "no",
    "review_budget_wanted": "no",
    "amendment_budget_wanted": "no",
    "amendment_meeting": "no",
    "on_premises": "no",
    "other_steps": "no",
    "new_assessment_proposed": "no",
    "pays_health": "no",
}


def plain(form: FormDefinition, given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """Return answers for a form: those given, and a plain one for each other that is demanded."""
    answers = posted(given)
    for each in form.fields:
        if each.id not in answers and (each.required or each.id in CHILD):
            answers[each.id] = _plain(each, today)
    return answers


def posted(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as a form posts them: a date as its text."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in given.items()
    }


def _plain(asked: FormField, today: dt.date) -> Any:  # noqa: ANN401
    if asked.id == BORN:
        return dt.date(today.year - AGE, 3, 4).isoformat()
    known = CHILD.get(asked.id) or OTHERS.get(asked.id)
    if known:
        return known
    first = asked.options[0][0] if asked.options else ""
    by_type: dict[FieldType, Any] = {
        FieldType.DATE: today.isoformat(),
        FieldType.ENUM: first,
        FieldType.CHECKBOXES: [first] if first else [],
        FieldType.LONG: 1,
        FieldType.DOUBLE: 1,
        FieldType.BOOLEAN: True,
    }
    return by_type.get(asked.type, f"{asked.label}: as the scenario has it.")
