"""A plan as a JSON document: read what was kept, check what was sent, seal what is issued."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from engine import errors
from engine.changes import JsonValue, Values
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from workflows.plan import questions, sections
from workflows.plan.model import ROWS_LIMIT, SCHEMA, TEXT_LIMIT, Content, Plan, Row

_ROW_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,36}")
_TEXT: Final = FormField("text", "Text", FieldType.TEXTAREA, maximum=TEXT_LIMIT)


class InvalidPlan(errors.Invalid):
    """Some of the plan cannot be accepted."""


def dump(plan: Plan) -> dict[str, JsonValue]:
    """Return a plan as JSON."""
    return {
        "schema": SCHEMA,
        "sections": {code: dump_content(content) for code, content in plan.contents.items()},
    }


def dump_content(content: Content) -> dict[str, JsonValue]:
    """Return what a section holds as JSON."""
    rows: list[JsonValue] = [{"id": row.id, **row.values} for row in content.rows]
    return {"rows": rows, "text": content.text}


def load(document: Mapping[str, Any]) -> Plan:
    """Return the plan of a document that was kept."""
    found = {code: load_content(each) for code, each in document.get("sections", {}).items()}
    return Plan({code: each for code, each in found.items() if not each.is_empty})


def load_content(document: Mapping[str, Any]) -> Content:
    """Return the content of a section that was kept."""
    rows = tuple(
        Row(str(each["id"]), {key: value for key, value in each.items() if key != "id"})
        for each in document.get("rows", ())
    )
    return Content(rows, str(document.get("text", "")))


def seal(document: Mapping[str, JsonValue]) -> str:
    """Return the SHA-256 of a document in its canonical form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check(document: object, today: dt.date) -> Plan:
    """Return the plan of a document that was sent.

    Raises:
        InvalidPlan: naming every section, row and field that cannot be accepted.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("sections"), Mapping):
        raise InvalidPlan("A plan is an object with “schema” and “sections”.")
    if document.get("schema") != SCHEMA:
        raise InvalidPlan(
            f"This version reads plans of schema {SCHEMA}.", errors={"schema": ("Unknown schema",)}
        )
    wrong: dict[str, tuple[str, ...]] = {
        f"sections.{name}"[:80]: ("There is no such section.",)
        for name in document["sections"]
        if name not in sections.KINDS
    }
    plan = Plan()
    for code in sections.KINDS:  # needs stand before outcomes, and those before provision
        given = document["sections"].get(code)
        if given is not None:
            try:
                plan = plan.with_content(code, check_content(code, given, plan, today))
            except errors.Invalid as refusal:
                wrong |= {f"sections.{code}.{name}": why for name, why in refusal.errors.items()}
    if wrong:
        raise InvalidPlan(errors=wrong)
    return plan


def check_content(code: str, given: object, plan: Plan, today: dt.date) -> Content:
    """Return what a section shall hold, as it was sent.

    Args:
        code: The section.
        given: `{"rows": [{"id": …, question: answer, …}], "text": …}`.
        plan: What its rows may link to.
        today: The date in London.

    Raises:
        InvalidPlan: naming rows and fields.
    """
    if not isinstance(given, Mapping) or not isinstance(given.get("rows", []), list | tuple):
        raise InvalidPlan(errors={"rows": ("A section is an object with “rows” and “text”.",)})
    rows = given.get("rows", [])
    if len(rows) > ROWS_LIMIT:
        raise InvalidPlan(errors={"rows": (f"A section has at most {ROWS_LIMIT} rows.",)})
    found = forms.validate(
        FormDefinition((_TEXT,)), {"text": given.get("text") or ""}, variables={}, today=today
    )
    form = questions.form(code, plan)
    taken = {row.id for other in sections.KINDS if other != code for row in plan.of(other).rows}
    checked: list[Row] = []
    wrong: dict[str, tuple[str, ...]] = {}
    for place, each in enumerate(rows):
        try:
            row = _check_row(each, form, today)
            if row.id in taken:
                raise InvalidPlan(errors={"id": ("Another row has this id.",)})
        except errors.Invalid as refusal:
            wrong |= {f"rows.{place}.{name}": why for name, why in refusal.errors.items()}
            continue
        taken.add(row.id)
        checked.append(row)
    if wrong:
        raise InvalidPlan(errors=wrong)
    return Content(tuple(checked), str(found.get("text") or ""))


def check_row(row_id: str, values: Values, form: FormDefinition, today: dt.date) -> Row:
    """Return a row with its answers checked, the empty ones left out.

    Raises:
        forms.InvalidForm: naming the fields.
    """
    accepted = forms.validate(form, values, variables={}, today=today)
    return Row(row_id, {name: value for name, value in accepted.items() if value not in (None, [])})


def _check_row(given: object, form: FormDefinition, today: dt.date) -> Row:
    if not isinstance(given, Mapping):
        raise InvalidPlan(errors={"id": ("A row is an object.",)})
    row_id = given.get("id")
    if not isinstance(row_id, str) or not _ROW_ID.fullmatch(row_id):
        raise InvalidPlan(
            errors={"id": ("A row has an id of 1 to 36 letters, digits, dashes, underscores.",)}
        )
    values = {str(name): value for name, value in given.items() if name != "id"}
    return check_row(row_id, values, form, today)
