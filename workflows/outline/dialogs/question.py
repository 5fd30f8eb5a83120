"""Add or change a question of a step's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.definitions.elements import role_code
from engine.definitions.forms import FieldType
from workflows.outline import extras, wording
from workflows.outline.dialogs import pieces
from workflows.outline.dialogs.pieces import Answers, Dialog
from workflows.outline.drawing import C

if TYPE_CHECKING:
    from lxml import etree

    from engine.changes import JsonValue
    from workflows.outline.drawing import Drawing

TYPES: Final = (
    (FieldType.STRING, "One line of text"),
    (FieldType.TEXTAREA, "Several lines of text"),
    (FieldType.LONG, "A whole number"),
    (FieldType.DOUBLE, "A number"),
    (FieldType.BOOLEAN, "Yes or no"),
    (FieldType.DATE, "A date"),
    (FieldType.ENUM, "One of several answers"),
    (FieldType.CHECKBOXES, "Any of several answers"),
    (FieldType.FILE, "Documents"),
)
_CHOICES: Final = frozenset({FieldType.ENUM, FieldType.CHECKBOXES})
_NUMBERS: Final = frozenset({FieldType.LONG, FieldType.DOUBLE})
_TEXTS: Final = frozenset({FieldType.STRING, FieldType.TEXTAREA})
_ID: Final = re.compile(r"[a-z_][a-z0-9_]*")


def question(drawing: Drawing, element_id: str, field_id: str) -> Dialog:
    """Return the dialog of a question; `field_id` "" adds one.

    Raises:
        NoSuchStep: there is no such step.
        CannotEdit: there is no such question.
    """
    node = drawing.node(element_id)
    owner = extras.field(node, field_id) if field_id else None
    types = tuple((str(kind), label) for kind, label in TYPES)
    form = pieces.asked(
        pieces.line(
            "label", "Question", "As staff or families will read it", required=True, limit=300
        ),
        pieces.choice(
            "type",
            "Kind of answer",
            pieces.with_current(types, "" if owner is None else owner.get("type") or ""),
            required=True,
        ),
        pieces.line("hint", "Hint", "What helps to answer", limit=500),
        pieces.yes_or_no("required", "Must it be answered?"),
        pieces.text(
            "options",
            "Answers to choose from",
            "One a line. Where the record keeps another word, write it first: refuse = Do not assess",
        ),
        pieces.choice(
            "options_from",
            "Or a list of the authority",
            (("-", "None"), ("settings", "Settings"), ("areas", "Areas")),
        ),
        pieces.line("default", "What stands there at first", limit=500),
        pieces.line("least", "Least number, or fewest characters"),
        pieces.line("most", "Largest number, or most characters"),
        pieces.yes_or_no("past", "For a date: must it be today or in the past?"),
        pieces.line(
            "shown_if",
            "Only asked if",
            'A condition such as decision == "refuse"; empty for always',
            limit=500,
        ),
        pieces.line(
            "id",
            "Name in expressions",
            "Small letters, digits and underscores; made from the question where you leave it empty",
            limit=60,
        ),
    )
    return Dialog(
        heading=f"Question of “{wording.name_of(node)}”"
        if owner is not None
        else f"Add a question to “{wording.name_of(node)}”",
        button="Save the question" if owner is not None else "Add the question",
        form=form,
        values=_values(owner),
        apply=lambda answers: _apply(drawing, element_id, field_id, answers),
    )


def _values(owner: etree._Element | None) -> dict[str, JsonValue]:
    if owner is None:
        return {"required": True, "past": False, "options_from": "-", "type": "string"}
    limits, properties = extras.inner(owner, "validation"), extras.inner(owner, "properties")
    options = [
        (each.get("id") or "", each.get("name") or "") for each in owner.findall(f"{C}value")
    ]
    return {
        "label": owner.get("label") or "",
        "type": owner.get("type") or "string",
        "hint": properties.get("hint", ""),
        "required": limits.get("required", "false") == "true",
        "options": "\n".join(
            f"{value} = {label}" if label != value else value for value, label in options
        ),
        "options_from": properties.get("options_from") or "-",
        "default": owner.get("defaultValue") or "",
        "least": limits.get("min") or limits.get("minlength") or "",
        "most": limits.get("max") or limits.get("maxlength") or "",
        "past": "past_or_today" in limits,
        "shown_if": properties.get("shown_if", ""),
        "id": owner.get("id") or "",
    }


def _apply(drawing: Drawing, element_id: str, field_id: str, answers: Answers) -> str:
    node = drawing.node(element_id)
    new_id = _id(drawing, node, field_id, answers)
    kind = pieces.said(answers, "type")
    options = _options(pieces.said(answers, "options"))
    listed = pieces.chosen(answers, "options_from")
    if kind in _CHOICES and not options and not listed:
        raise pieces.missing("options", "Enter the answers to choose from")
    limits = _limits(kind, answers)
    owner = extras.field(node, field_id) if field_id else extras.add_field(drawing, node, new_id)
    owner.set("id", new_id)
    owner.set("label", pieces.said(answers, "label"))
    owner.set("type", kind)
    if pieces.said(answers, "default"):
        owner.set("defaultValue", pieces.said(answers, "default"))
    else:
        owner.attrib.pop("defaultValue", None)
    extras.set_options(owner, options if kind in _CHOICES else [])
    said = {
        "hint": pieces.said(answers, "hint"),
        "shown_if": pieces.said(answers, "shown_if"),
        "options_from": listed,
    }
    extras.set_inner(owner, "validation", "constraint", limits)
    extras.set_inner(owner, "properties", "property", said)
    return element_id


def _id(drawing: Drawing, node: etree._Element, field_id: str, answers: Answers) -> str:
    taken = {each.get("id") for each in extras.fields(node)} - {field_id}
    wanted = pieces.said(answers, "id")
    if wanted:
        if not _ID.fullmatch(wanted):
            raise pieces.missing("id", "The name must be of small letters, digits and underscores")
        if wanted in taken:
            raise pieces.missing("id", "Another question of this form has that name")
        return wanted
    # A name that another form uses as well would mean the same answer: a new question gets its own.
    elsewhere = {each.get("id") for each in drawing.root.iter(f"{C}formField")}
    plain = role_code(pieces.said(answers, "label"))[:50].strip("_") or "answer"
    plain = plain if _ID.fullmatch(plain) else f"answer_{plain}"
    found, count = plain, 1
    while found in taken | elsewhere:
        count += 1
        found = f"{plain}_{count}"
    return found


def _options(text: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for each in filter(str.strip, text.splitlines()):
        value, equals, label = each.partition("=")
        label = label.strip() if equals else value.strip()
        value = value.strip() if equals else role_code(label)
        if not value or not label or value in found:
            raise pieces.missing(
                "options", f"“{each.strip()[:60]}” must be an answer of its own, or word = answer"
            )
        found[value] = label
    return list(found.items())


def _limits(kind: str, answers: Answers) -> dict[str, str]:
    least, most = (pieces.said(answers, name) for name in ("least", "most"))
    for name, value in (("least", least), ("most", most)):
        try:
            float(value or 0)
        except ValueError as error:
            raise pieces.missing(name, "This must be a number") from error
    return {
        "required": "true" if answers.get("required") else "",
        "min": least if kind in _NUMBERS else "",
        "max": most if kind in _NUMBERS else "",
        "minlength": least if kind in _TEXTS else "",
        "maxlength": most if kind in _TEXTS else "",
        "past_or_today": "true" if answers.get("past") and kind == FieldType.DATE else "",
    }
