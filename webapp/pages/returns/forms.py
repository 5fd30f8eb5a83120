"""The forms about the return: details of a case, the header, the receipt."""

from collections.abc import Mapping
from typing import Any, Final

from engine.definitions.forms import FieldType, FormDefinition, FormField
from workflows.returns import codes, details, headers
from workflows.returns.details import Detail
from workflows.returns.fields import Format

UNKNOWN: Final = ("", "Not known")
REASON: Final = FormField(
    "reason",
    "Reason",
    FieldType.TEXTAREA,
    "For example: where you have it from",
    required=True,
    maximum=500,
)
RECEIPT: Final = FormDefinition(
    (
        FormField(
            "reference",
            "Receipt of the department, or a note",
            FieldType.STRING,
            "For example: COLLECT, 26 February 2027, 9:14am",
            required=True,
            maximum=200,
        ),
    )
)


def _detail(each: Detail) -> FormField:
    if each.format is Format.DATE:
        return FormField(each.key, each.label, FieldType.DATE, each.hint)
    if each.options:
        options = (UNKNOWN, *each.options)
        return FormField(each.key, each.label, FieldType.ENUM, each.hint, options=options)
    return FormField(each.key, each.label, FieldType.STRING, each.hint, maximum=200)


def grouped() -> list[tuple[str, list[FormField]]]:
    """Return the questions about a case by their group."""
    groups: dict[str, list[FormField]] = {}
    for each in details.ALL:
        groups.setdefault(each.group, []).append(_detail(each))
    return list(groups.items())


def of_details() -> FormDefinition:
    """Return all questions about a case, and the reason."""
    asked = (each for _, listed in grouped() for each in listed)
    return FormDefinition((*asked, REASON))


def kept(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the details of a case as the form shows them."""
    return {each.key: str(values.get(each.key) or "") for each in details.ALL}


def of_header() -> FormDefinition:
    """Return the questions about the authority."""
    options = tuple(codes.lists()["officer"].codes.items())
    officers = (
        FormField(key, title, FieldType.ENUM, required=True, options=options)
        for key, title in headers.OFFICERS.items()
    )
    number = FormField(
        "LEA", headers.ITEMS["LEA"], FieldType.STRING, "Three figures", required=True, maximum=3
    )
    return FormDefinition((number, *officers))
