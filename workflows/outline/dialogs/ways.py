"""Change where a step leads, on what condition; and take steps away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.definitions.elements import tag_of
from engine.definitions.forms import FieldType, FormField
from workflows.outline import change, connect, wording
from workflows.outline.dialogs import pieces
from workflows.outline.dialogs.pieces import Answers, Dialog
from workflows.outline.drawing import B, C

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflows.outline.drawing import Drawing
    from workflows.outline.lists import Options

WRITTEN: Final = "written"
OTHERWISE: Final = "otherwise"
_ANSWERS_LIMIT: Final = 300


def way(drawing: Drawing, flow_id: str, numbers: Mapping[str, int]) -> Dialog:
    """Return the dialog that changes a way from one step to another.

    Raises:
        NoSuchStep: there is no such way.
    """
    flow = drawing.flow(flow_id)
    source = drawing.node(flow.get("sourceRef", ""))
    conditional = tag_of(source) in {"exclusiveGateway", "inclusiveGateway"}
    places = pieces.step_options(connect.targets(drawing, source.get("id")), numbers)
    text = (flow.findtext(f"{B}conditionExpression") or "").strip()
    options = _conditions(drawing)
    default = source.get("default") == flow_id
    known = text if text in dict(options) else WRITTEN
    form = pieces.asked(
        pieces.line("name", "Name of the way", "Such as the answer to the question")
        if conditional
        else None,
        pieces.choice("when", "When it is taken", options, required=True) if conditional else None,
        pieces.text(
            "condition",
            "Condition",
            "Only where it is written as an expression",
            shown=("when", WRITTEN),
        )
        if conditional
        else None,
        pieces.choice("target", "Where it leads", places, required=True),
    )
    return Dialog(
        heading=f"Way from “{wording.name_of(source)}”",
        button="Save the way",
        form=form,
        values={
            "name": flow.get("name") or "",
            "when": OTHERWISE if default else known,
            "condition": text,
            "target": flow.get("targetRef", ""),
        },
        apply=lambda answers: _apply(drawing, flow_id, answers, conditional=conditional),
    )


def _conditions(drawing: Drawing) -> Options:
    """Return what a condition can be without writing one: an answer to a question with choices."""
    found: dict[str, str] = {OTHERWISE: "Where no other way is taken"}
    for each in drawing.root.iter(f"{C}formField"):
        label, name = each.get("label") or each.get("id") or "", each.get("id") or ""
        if each.get("type") == "enum":
            for option in each.findall(f"{C}value"):
                text = f'${{{name} == "{option.get("id")}"}}'
                found.setdefault(text, f"“{label}” is “{option.get('name') or option.get('id')}”")
        elif each.get("type") == "boolean":
            found.setdefault(f"${{{name} == true}}", f"“{label}” is “Yes”")
            found.setdefault(f"${{{name} == false}}", f"“{label}” is “No”")
    return (*list(found.items())[:_ANSWERS_LIMIT], (WRITTEN, "Written as an expression"))


def _apply(drawing: Drawing, flow_id: str, answers: Answers, *, conditional: bool) -> str:
    connect.lead_to(drawing, flow_id, pieces.said(answers, "target"))
    if conditional:
        when = pieces.said(answers, "when")
        text = pieces.said(answers, "condition") if when == WRITTEN else when
        connect.set_condition(
            drawing,
            flow_id,
            "" if when == OTHERWISE else text,
            name=pieces.said(answers, "name"),
            default=when == OTHERWISE,
        )
    return str(drawing.flow(flow_id).get("sourceRef"))


def way_on(drawing: Drawing, source: str, numbers: Mapping[str, int]) -> Dialog:
    """Return the dialog that adds a way from a step to another that is there already.

    Raises:
        NoSuchStep: there is no such step.
    """
    node = drawing.node(source)
    places = pieces.step_options(connect.targets(drawing, source), numbers)
    return Dialog(
        heading=f"Add a way on from “{wording.name_of(node)}”",
        button="Add the way",
        form=pieces.asked(
            pieces.choice("target", "After this step go to", places, required=True),
            pieces.line("name", "Name of the way", "For a question: the answer")
            if tag_of(node).endswith("Gateway")
            else None,
        ),
        values={},
        apply=lambda answers: _connect(drawing, source, answers),
    )


def _connect(drawing: Drawing, source: str, answers: Answers) -> str:
    connect.connect(drawing, source, pieces.said(answers, "target"), pieces.said(answers, "name"))
    return source


def without_way(drawing: Drawing, flow_id: str) -> Dialog:
    """Return the dialog that takes a way away.

    Raises:
        NoSuchStep: there is no such way.
    """
    flow = drawing.flow(flow_id)
    source, target = (
        wording.name_of(drawing.node(flow.get(each, ""))) for each in ("sourceRef", "targetRef")
    )

    def apply(_: Answers) -> str:
        connect.disconnect(drawing, flow_id)
        return ""

    return Dialog(
        heading="Remove the way",
        button="Remove the way",
        form=pieces.asked(),
        values={},
        apply=apply,
        paragraphs=(f"“{source}” will no longer lead to “{target}”. Both steps stay.",),
        warns=True,
    )


def removal(drawing: Drawing, element_id: str) -> Dialog:
    """Return the dialog that takes a step away, and says what that would leave behind.

    Raises:
        NoSuchStep: there is no such step.
    """
    node = drawing.node(element_id)
    name = wording.name_of(node)
    means = change.what_removal_means(drawing, element_id)
    lists = (
        ("These go with it", means.also),
        ("After these, nothing would follow any more", means.loose_before),
        ("Nothing would lead to these any more", means.loose_after),
    )
    sure = FormField(
        "sure",
        "Remove it all the same?",
        FieldType.CHECKBOXES,
        required=True,
        options=(("yes", "Yes, I have read what this means"),),
    )
    plain = f"The step before “{name}” will lead to the one after it."

    def apply(_: Answers) -> str:
        change.remove(drawing, element_id)
        return ""

    return Dialog(
        heading=f"Remove “{name}”",
        button="Remove the step",
        form=pieces.asked(sure if means.needs_thought else None),
        values={},
        apply=apply,
        paragraphs=() if means.needs_thought else (plain,),
        lists=tuple((heading, items) for heading, items in lists if items),
        warns=True,
    )
