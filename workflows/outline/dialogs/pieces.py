"""What the dialogs are made of: questions as forms of the engine, and the answers read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.changes import JsonValue
from engine.definitions import expressions
from engine.definitions.expressions import Scope, ValueType
from engine.definitions.forms import FieldType, FormDefinition, FormField
from workflows.outline import timing, wording
from workflows.outline.drawing import CannotEdit
from workflows.outline.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from workflows.outline.drawing import Drawing
    from workflows.outline.lists import Lists, Options

Answers = Mapping[str, JsonValue]
NEW: Final = "+new"
NONE: Final = "-"
NAME_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Dialog:
    """What is asked to make a change, and how it is made.

    Attributes:
        heading: The title of the page.
        button: What its button says.
        form: The questions.
        values: What stands in them at first.
        apply: Makes the change from the answers, and returns the id of the element to look at then,
            "" for the whole outline.
        paragraphs: What is said above the questions.
        lists: Lists above the questions, each with its heading.
        warns: The button takes something away.
    """

    heading: str
    button: str
    form: FormDefinition
    values: Answers
    apply: Callable[[Answers], str]
    paragraphs: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    warns: bool = False


def asked(*fields: FormField | None) -> FormDefinition:
    """Return the form of those questions that are put."""
    return FormDefinition(tuple(each for each in fields if each is not None))


def line(
    name: str,
    label: str,
    hint: str = "",
    *,
    required: bool = False,
    shown: tuple[str, str] | None = None,
    limit: int = NAME_LIMIT,
) -> FormField:
    """Return a question with an answer of one line."""
    return FormField(
        name,
        label,
        FieldType.STRING,
        hint,
        required=required,
        maximum=limit,
        shown_if=shown_if(shown),
    )


def text(
    name: str, label: str, hint: str = "", *, shown: tuple[str, str] | None = None
) -> FormField:
    """Return a question with an answer of several lines."""
    return FormField(name, label, FieldType.TEXTAREA, hint, shown_if=shown_if(shown))


def choice(
    name: str,
    label: str,
    options: Options,
    hint: str = "",
    *,
    required: bool = False,
    shown: tuple[str, str] | None = None,
) -> FormField:
    """Return a question with one of several answers."""
    return FormField(
        name,
        label,
        FieldType.ENUM,
        hint,
        required=required,
        options=options,
        shown_if=shown_if(shown),
    )


def yes_or_no(
    name: str, label: str, hint: str = "", *, shown: tuple[str, str] | None = None
) -> FormField:
    """Return a question that is answered by yes or no."""
    return FormField(name, label, FieldType.BOOLEAN, hint, required=True, shown_if=shown_if(shown))


def shown_if(shown: tuple[str, str] | None) -> expressions.Expression | None:
    """Return the condition that another question has an answer, None for always."""
    if shown is None:
        return None
    name, value = shown
    return expressions.compile_expression(
        f'{name} == "{value}"', Scope({name: ValueType.STRING}), expects=ValueType.BOOLEAN
    )


def said(answers: Answers, name: str) -> str:
    """Return an answer as text, without blanks around it; "" where there is none."""
    value = answers.get(name)
    return "" if value is None or isinstance(value, bool | list | dict) else str(value).strip()


def with_current(options: Options, current: str) -> Options:
    """Return choices with the one that stands in the file, where they lack it."""
    if not current or current in dict(options):
        return options
    return (*options, (current, f"As it is: {current}"))


def optional(options: Options, none: str = "None") -> Options:
    """Return choices with one for nothing, in front."""
    return ((NONE, none), *options)


def chosen(answers: Answers, name: str) -> str:
    """Return the value of a choice, "" for none."""
    value = said(answers, name)
    return "" if value == NONE else value


def missing(name: str, message: str) -> CannotEdit:
    """Return the refusal of an answer that is needed and was not given."""
    return CannotEdit(message, errors={name: (message,)})


def lane_options(drawing: Drawing, process: etree._Element) -> Options:
    """Return the lanes of a process as choices, and one for a new lane."""
    lanes = drawing.lanes(process)
    if not lanes:
        return ()
    found = tuple(
        (each.get("id") or "", each.get("name") or "Lane without a name") for each in lanes
    )
    return (*found, (NEW, "Somebody else: a new lane"))


def step_options(nodes: Iterable[etree._Element], numbers: Mapping[str, int]) -> Options:
    """Return steps as choices, in the order of the outline."""
    ordered = sorted(nodes, key=lambda each: numbers.get(each.get("id"), len(numbers)))
    return tuple(
        (each.get("id"), f"Step {numbers.get(each.get('id'), '?')}: {wording.name_of(each)}")
        for each in ordered
    )


def timer_fields(lists: Lists, *, shown: tuple[str, str] | None = None) -> tuple[FormField, ...]:
    """Return the questions that say when a timer fires."""
    return (
        choice("timer_choice", "When", tuple(timing.CHOICES.items()), required=True, shown=shown),
        choice(
            "timer_duty",
            "Which duty",
            (*lists.duties, *lists.kinds),
            "For a date that depends on a duty",
            shown=shown,
        ),
        line(
            "timer_qualifier",
            "About whom the duty is",
            "An expression such as adviser.code, where each adviser or setting has a duty of its own",
            shown=shown,
        ),
        FormField(
            "timer_number",
            "How many",
            FieldType.LONG,
            "For before, after, and some time after the step opens",
            minimum=1,
            maximum=9999,
            shown_if=shown_if(shown),
        ),
        choice(
            "timer_unit",
            "Days, weeks or months",
            tuple((key, name.capitalize()) for key, name in timing.UNITS.items()),
            shown=shown,
        ),
        text(
            "timer_text",
            "Expression",
            "Only where it is written as an expression, such as ${after(received_on, 'P2W')}",
            shown=shown,
        ),
        choice(
            "timer_kind",
            "What the expression gives",
            (("timeDate", "A date"), ("timeDuration", "A duration"), ("timeCycle", "A repetition")),
            shown=shown,
        ),
    )


def timer_values(found: Timing | None) -> dict[str, JsonValue]:
    """Return what stands in these questions at first."""
    now = found or Timing("before")
    return {
        "timer_choice": now.choice,
        "timer_duty": now.duty,
        "timer_qualifier": now.qualifier,
        "timer_number": now.number or None,
        "timer_unit": now.unit,
        "timer_text": now.text if now.choice == "expression" else "",
        "timer_kind": now.kind,
    }


def timing_of(answers: Answers) -> Timing:
    """Return what was answered.

    Raises:
        CannotEdit: something is missing.
    """
    if not said(answers, "timer_choice"):
        raise missing("timer_choice", "Select when")
    found = Timing(
        said(answers, "timer_choice"),
        duty=said(answers, "timer_duty"),
        qualifier=said(answers, "timer_qualifier"),
        number=int(said(answers, "timer_number") or 0),
        unit=said(answers, "timer_unit") or "W",
        kind=said(answers, "timer_kind") or "timeDate",
        text=said(answers, "timer_text"),
    )
    found.written()
    return found
