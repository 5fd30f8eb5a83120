"""Read what was posted for a form into values, and values into what each component shows."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from engine import errors
from engine.changes import JsonValue
from engine.definitions.forms import FieldType, FormDefinition, FormField


def posted(form: FormDefinition, data: MultiDict[str, str]) -> dict[str, JsonValue]:
    """Return field id to value, as posted; whether it is right is for the engine to say."""
    return {each.id: _value(each, data) for each in form.fields if _is_posted(each, data)}


def date_parts(value: JsonValue) -> tuple[str, str, str]:
    """Return day, month and year of a value, as it was typed."""
    if not isinstance(value, str) or value.count("-") < 2:  # noqa: PLR2004 (two dashes in a date)
        return "", "", ""
    year, month, day = value.split("-", 2)
    return day.lstrip("0"), month.lstrip("0"), year


def _is_posted(each: FormField, data: MultiDict[str, str]) -> bool:
    if each.type == FieldType.DATE:
        return f"{each.id}-day" in data
    return each.id in data or each.type in {FieldType.CHECKBOXES, FieldType.FILE}


def _value(each: FormField, data: MultiDict[str, str]) -> JsonValue:
    match each.type:
        case FieldType.DATE:
            return _date(each.id, data)
        case FieldType.CHECKBOXES | FieldType.FILE:
            chosen: list[JsonValue] = [one for one in data.getlist(each.id) if one]
            return chosen
        case FieldType.BOOLEAN:
            return {"true": True, "false": False}.get(data.get(each.id, ""))
    return data.get(each.id, "").replace("\r\n", "\n")


def _date(name: str, data: MultiDict[str, str]) -> str | None:
    day, month, year = (data.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year"))
    if not day and not month and not year:
        return None
    return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"


def error_summary(form: FormDefinition, refusal: errors.Refused | None) -> list[dict[str, Any]]:
    """Return the error summary of a form that was refused: its fields' errors, else what was said."""
    if refusal is None:
        return []
    return error_list(form, refusal.errors) or [{"text": refusal.message}]


def error_list(form: FormDefinition, found: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Return errors for the summary, in the order of the form, each with a link to its field."""
    kinds = {each.id: each.type for each in form.fields}
    order = {each.id: position for position, each in enumerate(form.fields)}
    known = sorted(found.items(), key=lambda each: order.get(each[0], len(order)))
    return [
        {
            "text": message,
            "href": f"#{name}-day" if kinds.get(name) == FieldType.DATE else f"#{name}",
        }
        for name, messages in known
        for message in messages
    ]
