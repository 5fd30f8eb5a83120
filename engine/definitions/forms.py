"""Forms as a diagram defines them (`camunda:formData`), and the validation of what was filled in."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from engine import errors
from engine.changes import JsonValue, Values
from engine.definitions import expressions

LINE_LIMIT: Final = 500  # characters of a one-line answer
TEXT_LIMIT: Final = 20_000  # characters of a long answer
NUMBER_LIMIT: Final = 10**12
CHOICES_LIMIT: Final = 200
LIFETIME: Final = 120  # years back that a date can lie
AHEAD: Final = 30  # years ahead: the end of the longest plan
_ISO_DATE: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class FieldType(StrEnum):
    """The kinds of answer."""

    STRING = "string"
    TEXTAREA = "textarea"
    LONG = "long"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    DATE = "date"
    ENUM = "enum"
    CHECKBOXES = "checkboxes"
    FILE = "file"


VALUE_TYPES: Final = {
    FieldType.LONG: expressions.ValueType.INTEGER,
    FieldType.DOUBLE: expressions.ValueType.NUMBER,
    FieldType.BOOLEAN: expressions.ValueType.BOOLEAN,
    FieldType.DATE: expressions.ValueType.DATE,
    FieldType.CHECKBOXES: expressions.ValueType.LIST,
    FieldType.FILE: expressions.ValueType.LIST,
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One question.

    Attributes:
        id: Name of the variable that takes the answer.
        label: The question, as staff read it.
        type: The kind of answer.
        hint: What helps to answer, or "".
        required: An answer must be given.
        options: For choices, each value with its label.
        default: What stands there at first, or None.
        minimum, maximum: Bounds of a number, or of the length of a text; None where there is none.
        past_or_today: A date that may not lie in the future.
        shown_if: Expression that decides whether the question is put; None: always.
    """

    id: str
    label: str
    type: FieldType
    hint: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    default: JsonValue = None
    minimum: float | None = None
    maximum: float | None = None
    past_or_today: bool = False
    shown_if: expressions.Expression | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The question as a noun within a message ("Date received" to "date received")."""
        return self.label[:1].lower() + self.label[1:] if self.label[1:2].islower() else self.label


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """The questions of a task, in order."""

    fields: tuple[FormField, ...] = ()


def with_options(
    form: FormDefinition, lookup: Callable[[str], tuple[tuple[str, str], ...]]
) -> FormDefinition:
    """Return a form whose choices named by `options_from` are filled from `lookup`."""
    if not any(each.properties.get("options_from") for each in form.fields):
        return form
    return FormDefinition(
        tuple(
            replace(each, options=lookup(each.properties["options_from"]))
            if each.properties.get("options_from")
            else each
            for each in form.fields
        )
    )


class InvalidForm(errors.Invalid):
    """Some answers cannot be accepted."""


class _Wrong(Exception):
    pass


def validate(
    form: FormDefinition,
    values: Values,
    *,
    variables: Values,
    today: dt.date,
    partial: bool = False,
) -> dict[str, JsonValue]:
    """Check what was filled in.

    Args:
        form: The questions.
        values: Field id to answer; dates as `YYYY-MM-DD`.
        variables: What else the conditions of the form may look at.
        today: The date in London, for dates that may not lie in the future.
        partial: For a draft: what is missing is not asked for.

    Returns:
        The accepted answers; those of questions that were not put are left out.

    Raises:
        InvalidForm: with the messages of every wrong field.
    """
    known = {each.id for each in form.fields}
    wrong: dict[str, tuple[str, ...]] = {
        name: (f"There is no question “{name[:60]}” in this form.",)
        for name in values
        if name not in known
    }
    accepted: dict[str, JsonValue] = {}
    for each in form.fields:
        if not _is_shown(each, {**variables, **values}, known):
            continue
        try:
            answer = _accept(each, values.get(each.id), today, needed=not partial)
        except _Wrong as error:
            wrong[each.id] = (str(error),)
            continue
        if answer is not None or each.id in values:
            accepted[each.id] = answer
    if wrong:
        raise InvalidForm("Some answers cannot be accepted.", errors=wrong)
    return accepted


def _is_shown(each: FormField, values: Values, known: set[str]) -> bool:
    if each.shown_if is None:
        return True
    readable = {name: value for name, value in values.items() if name in known or name in values}
    try:
        return each.shown_if.evaluate(readable, {}) is True
    except (expressions.ExpressionFailed, ValueError):
        return True  # the wrong answer that it looks at is reported by its own question


def _missing(each: FormField) -> str:
    if each.type in {FieldType.ENUM, FieldType.CHECKBOXES, FieldType.BOOLEAN}:
        return f"Select {each.subject}"
    if each.type == FieldType.FILE:
        return f"Upload {each.subject}"
    return f"Enter {each.subject}"


def _accept(each: FormField, value: JsonValue, today: dt.date, *, needed: bool) -> JsonValue:
    answer = _read(each, value, today)
    if answer is None and each.required and needed:
        raise _Wrong(_missing(each))
    return answer


def _read(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    if value is None or value in ("", []):
        return None
    accept: Callable[[FormField, JsonValue, dt.date], JsonValue] = {
        FieldType.LONG: _number,
        FieldType.DOUBLE: _number,
        FieldType.BOOLEAN: _boolean,
        FieldType.DATE: _date,
        FieldType.ENUM: _choice,
        FieldType.CHECKBOXES: _choices,
        FieldType.FILE: _files,
    }.get(each.type, _text)
    return accept(each, value, today)


def _text(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    del today
    if not isinstance(value, str):
        raise _Wrong(f"{each.label} must be text")
    text = value.strip() if each.type == FieldType.STRING else value.rstrip()
    if not text:
        return None
    ceiling = TEXT_LIMIT if each.type == FieldType.TEXTAREA else LINE_LIMIT
    longest = int(min(each.maximum or ceiling, ceiling))
    if len(text) > longest:
        raise _Wrong(f"{each.label} must be {longest:,} characters or fewer")
    if each.minimum is not None and len(text) < each.minimum:
        raise _Wrong(f"{each.label} must be {int(each.minimum)} characters or more")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text):
        raise _Wrong(f"{each.label} has characters that cannot be kept")
    return text


def _number(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    del today
    whole = each.type == FieldType.LONG
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _Wrong(f"{each.label} must be a number")
    try:
        number = int(str(value)) if whole else float(value)
    except ValueError as error:
        kind = "a whole number" if whole else "a number"
        raise _Wrong(f"{each.label} must be {kind}") from error
    if math.isnan(number) or abs(number) > NUMBER_LIMIT:
        raise _Wrong(f"{each.label} must be a number")
    if each.minimum is not None and number < each.minimum:
        raise _Wrong(f"{each.label} must be {each.minimum:g} or more")
    if each.maximum is not None and number > each.maximum:
        raise _Wrong(f"{each.label} must be {each.maximum:g} or fewer")
    return number


def _boolean(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    del today
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return value == "true"
    raise _Wrong(f"Select yes or no for {each.subject}")


def _date(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    if not isinstance(value, str) or not _ISO_DATE.match(value):
        raise _Wrong(f"{each.label} must be a real date")
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise _Wrong(f"{each.label} must be a real date") from error
    if not today.year - LIFETIME <= day.year <= today.year + AHEAD:
        raise _Wrong(f"{each.label} must be a date within living memory")
    if each.past_or_today and day > today:
        raise _Wrong(f"{each.label} must be today or in the past")
    return value


def _choice(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    del today
    if not isinstance(value, str) or value not in {option for option, _ in each.options}:
        raise _Wrong(f"Select {each.subject} from the list")
    return value


def _choices(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    del today
    known = [option for option, _ in each.options]
    given = value if isinstance(value, list) else [value]
    if len(given) > CHOICES_LIMIT or any(one not in known for one in given):
        raise _Wrong(f"Select {each.subject} from the list")
    return [option for option in known if option in given]


def _files(each: FormField, value: JsonValue, today: dt.date) -> JsonValue:
    del today
    given: list[JsonValue] = value if isinstance(value, list) else [value]
    if len(given) > CHOICES_LIMIT or not all(
        isinstance(one, str) and re.fullmatch(r"[0-9a-f-]{36}", one) for one in given
    ):
        raise _Wrong(f"{each.label} must be documents of this case")
    return given
