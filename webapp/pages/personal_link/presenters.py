"""What the pages of a personal link print."""

from collections.abc import Mapping
from typing import Any

from engine import errors
from engine.changes import JsonValue
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.forms import read
from webapp.presentation import dates
from workflows.queries.link_page import LinkPage


def answers(page: LinkPage) -> list[tuple[str, str]]:
    """Return what was sent, each question with its answer in words."""
    return [
        (each.label, words(each, value, page.documents))
        for each in page.form.fields
        if (value := page.values.get(each.id)) not in (None, "", [])
    ]


def words(field: FormField, value: JsonValue, documents: Mapping[str, str]) -> str:
    """Return an answer as its reader would say it."""
    labels = documents if field.type == FieldType.FILE else dict(field.options)
    if isinstance(value, list):
        return "\n".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.type == FieldType.DATE and isinstance(value, str):
        return dates.long_date(value)
    return labels.get(str(value), str(value))


def error_list(form: FormDefinition, refusal: errors.Refused | None) -> list[dict[str, Any]]:
    """Return the error summary; a refusal that no field is to blame for stands there by itself."""
    if refusal is None:
        return []
    return read.error_list(form, refusal.errors) or [{"text": refusal.message}]
