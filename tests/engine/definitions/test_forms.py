"""What was filled in is checked field by field."""

import datetime as dt
from typing import Any

import pytest

from engine.definitions.forms import FieldType, FormDefinition, FormField, InvalidForm, validate

TODAY = dt.date(2026, 11, 23)


def check(field: FormField, value: Any, *, partial: bool = False) -> Any:
    form = FormDefinition((field,))
    given = {field.id: value}
    return validate(form, given, variables={}, today=TODAY, partial=partial).get(field.id)


def question(kind: FieldType, **more: Any) -> FormField:
    return FormField("it", "Date received", kind, **more)


@pytest.mark.parametrize(
    ("field", "given", "accepted"),
    [
        (question(FieldType.STRING), "  Ada ", "Ada"),
        (question(FieldType.TEXTAREA), "one\ntwo", "one\ntwo"),
        (question(FieldType.LONG, minimum=1), "3", 3),
        (question(FieldType.DOUBLE), "2.5", 2.5),
        (question(FieldType.BOOLEAN), "true", True),
        (question(FieldType.DATE), "2024-02-29", "2024-02-29"),
        (question(FieldType.ENUM, options=(("a", "A"),)), "a", "a"),
        (question(FieldType.CHECKBOXES, options=(("a", "A"), ("b", "B"))), ["b", "a"], ["a", "b"]),
        (question(FieldType.FILE), "0" * 36, ["0" * 36]),
    ],
)
def test_a_right_answer_is_accepted(field: FormField, given: Any, accepted: Any) -> None:
    assert check(field, given) == accepted


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        (question(FieldType.STRING, required=True), " ", "Enter date received"),
        (question(FieldType.STRING, maximum=3), "four", "must be 3 characters or fewer"),
        (question(FieldType.STRING), ["x"], "must be text"),
        (question(FieldType.STRING), "a\x00b", "cannot be kept"),
        (question(FieldType.LONG), "2.5", "must be a whole number"),
        (question(FieldType.LONG, maximum=5), 6, "must be 5 or fewer"),
        (question(FieldType.DOUBLE), "nan", "must be a number"),
        (question(FieldType.DOUBLE), "1e400", "must be a number"),
        (question(FieldType.BOOLEAN), "maybe", "Select yes or no"),
        (question(FieldType.DATE), "2026-02-30", "must be a real date"),
        (question(FieldType.DATE), "23/11/2026", "must be a real date"),
        (question(FieldType.DATE), "1066-10-14", "living memory"),
        (question(FieldType.DATE, past_or_today=True), "2026-11-24", "today or in the past"),
        (question(FieldType.ENUM, options=(("a", "A"),)), "c", "from the list"),
        (question(FieldType.CHECKBOXES, options=(("a", "A"),)), ["a", "c"], "from the list"),
        (question(FieldType.CHECKBOXES, options=(("a", "A"),)), ["a"] * 300, "from the list"),
        (question(FieldType.FILE), "../../etc/passwd", "documents of this case"),
    ],
)
def test_a_wrong_answer_is_told_in_words(field: FormField, given: Any, message: str) -> None:
    with pytest.raises(InvalidForm) as wrong:
        check(field, given)

    assert message in wrong.value.errors["it"][0]


def test_a_draft_may_lack_what_is_required() -> None:
    assert check(question(FieldType.STRING, required=True), "", partial=True) is None


def test_a_question_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidForm) as wrong:
        validate(FormDefinition(), {"other": "x"}, variables={}, today=TODAY)

    assert "There is no question" in wrong.value.errors["other"][0]
