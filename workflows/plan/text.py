"""Sections in words: as plain text for the form's variables, and as tables for the paper."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from engine.definitions.forms import FieldType, FormField
from workflows.notices.content import Section, Table
from workflows.plan import questions, sections
from workflows.plan.model import Content, Plan, Row

_BY_NAME: Final = ("kind", "area", "text", "what", "type")  # their answers speak for themselves


def section_text(plan: Plan, code: str) -> str:
    """Return what a section holds as plain text: its free text, then its rows; "" if empty."""
    content = plan.of(code)
    labels = plan.labels()
    rows = [f"{labels[row.id]}. {_row_text(plan, code, row)}" for row in content.rows]
    return "\n\n".join(filter(None, (content.text.strip(), *rows))).strip()


def texts(plan: Plan) -> dict[str, str]:
    """Return the text of each section by its form variable."""
    return {each.variable: section_text(plan, each.code) for each in sections.ALL}


def with_texts(plan: Plan, values: Mapping[str, object]) -> Plan:
    """Return a plan that says what form variables say.

    A section whose text they give as it is keeps its rows; another holds the given text alone. A
    section that they do not name stays as it is.
    """
    for kind in sections.ALL:
        if kind.variable not in values:
            continue
        given = values[kind.variable]
        said = given.strip() if isinstance(given, str) else ""
        if section_text(plan, kind.code) != said:
            plan = plan.with_content(kind.code, Content(text=said))
    return plan


def answers(plan: Plan, code: str, row: Row) -> tuple[tuple[str, str], ...]:
    """Return question and answer in words, for every question that was answered."""
    labels = plan.labels()
    return tuple(
        (each.label, said)
        for each in questions.form(code, plan).fields
        if (said := _said(each, row, labels))
    )


def paper(plan: Plan, *, final: bool) -> tuple[Section, ...]:
    """Return the sections as they are printed; section I is in the final plan alone."""
    return tuple(_section(plan, kind) for kind in sections.ALL if final or kind.code != "i")


def _row_text(plan: Plan, code: str, row: Row) -> str:
    fields = questions.form(code, plan).fields
    labels = plan.labels()
    said = {each.id: _said(each, row, labels) for each in fields}
    first = ": ".join(said[name] for name in _BY_NAME if said.get(name))
    named = {each.id: each.label for each in fields}
    if not first:  # a row that begins with who it is
        start, *_ = said
        first = said.pop(start)
    others = [
        f"{named[name]}: {value}"
        for name, value in said.items()
        if value and name not in _BY_NAME and value != first
    ]
    return "\n".join((first, *others))


def _said(field: FormField, row: Row, labels: Mapping[str, str]) -> str:
    if field.type == FieldType.CHECKBOXES:
        return ", ".join(labels[each] for each in row.links(field.id) if each in labels)
    value = row.text(field.id)
    if field.type == FieldType.DATE and value:
        day = dt.date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    if field.type == FieldType.ENUM:
        return dict(field.options).get(value, value)
    return value


def _section(plan: Plan, kind: sections.SectionKind) -> Section:
    content = plan.of(kind.code)
    paragraphs = tuple(filter(None, (each.strip() for each in content.text.split("\n"))))
    if kind.code == "a":
        heads = dict(questions.HEADINGS)
        said = ((heads.get(row.text("kind"), ""), row.text("text")) for row in content.rows)
        paragraphs += tuple(": ".join(filter(None, each)) for each in said)
        return Section(kind.letter, kind.title, paragraphs)
    return Section(kind.letter, kind.title, paragraphs, _tables(plan, kind.code, content))


def _tables(plan: Plan, code: str, content: Content) -> tuple[Table, ...]:
    if not content.rows:
        return ()
    labels = plan.labels()
    fields = questions.form(code, plan).fields
    columns = COLUMNS[code]
    named = {each.id: each.label for each in fields}
    rows = []
    for row in content.rows:
        said = {each.id: _said(each, row, labels) for each in fields}
        cells = (", ".join(filter(None, (said[name] for name in names))) for names in columns)
        rows.append((labels[row.id], *cells))
    heads = (
        ", ".join((named[first], *(named[each].lower() for each in rest)))
        for first, *rest in columns
    )
    return (Table(("No.", *heads), tuple(rows)),)


Columns = tuple[tuple[str, ...], ...]
_PROVISION: Final[Columns] = (
    ("what",),
    ("who",),
    ("how_often", "how_long"),
    ("how_many",),
    ("outcomes",),
    ("reviewed",),
)
COLUMNS: Final[Mapping[str, Columns]] = {
    "b": (("area",), ("text",)),
    "c": (("text",),),
    "d": (("text",),),
    "e": (("text",), ("by",), ("needs",), ("steps",)),
    **dict.fromkeys(sections.PROVISION, _PROVISION),
    "i": (("name",), ("type",)),
    "j": (("text",), ("outcomes",), ("amount",), ("held",)),
    "k": (("who",), ("role",), ("on",)),
}
