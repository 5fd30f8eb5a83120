"""What the pages of a personal link print."""

from collections.abc import Mapping

from engine.changes import JsonValue
from engine.definitions.forms import FieldType, FormField
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
