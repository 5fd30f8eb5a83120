"""Change what a step is called, who does it, and what it means for the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.definitions.elements import tag_of
from workflows.outline import change, extras, insert, wording
from workflows.outline.dialogs import pieces
from workflows.outline.dialogs.pieces import Answers, Dialog
from workflows.outline.drawing import ACTIVITIES, TASKS, B, C, append, discard
from workflows.outline.lists import NEEDS, Lists

if TYPE_CHECKING:
    from engine.changes import JsonValue
    from engine.definitions.forms import FormField
    from workflows.outline.drawing import Drawing

_STAYING: Final = frozenset({"timer", "message", "escalation"})
_PEOPLE: Final = frozenset({"userTask", "manualTask", "task"})
_LABELS: Final = {
    "notice": "Which notice",
    "recipient": "Who receives it",
    "reasons": "Reasons that it gives",
    "to": "Who is told",
    "about": "What they are told",
    "qualifier": "Which adviser or setting it is about",
    "after": "After what",
}
_HINTS: Final = {
    "recipient": "family, setting, health, social_care or adviser; several with ;",
    "reasons": "An expression such as ${decision_reasons}",
    "to": "casework, the panel, manager, or the code of a role",
    "qualifier": "An expression such as ${adviser.code}",
    "after": "review for the next one; empty for the first",
}
_OTHER: Final = re.compile(r"^\s*([^=\s][^=]*?)\s*=\s*(.*?)\s*$")


def step(drawing: Drawing, element_id: str, lists: Lists) -> Dialog:
    """Return the dialog that changes a step.

    Raises:
        NoSuchStep: there is none of that id.
    """
    node = drawing.node(element_id)
    fields = (
        pieces.line("name", "Name", required=not tag_of(node).endswith("Gateway")),
        *_who(drawing, node),
        *_what(node, lists),
        *_meaning(node, lists),
        pieces.text("other", "Other properties", "One a line: name = value"),
        pieces.text("documentation", "Note", "For whoever reads the diagram"),
    )
    return Dialog(
        heading=wording.name_of(node),
        button="Save the step",
        form=pieces.asked(*fields),
        values=_values(drawing, node),
        apply=lambda answers: _apply(drawing, element_id, answers),
    )


def _who(drawing: Drawing, node: etree._Element) -> list[FormField]:
    fields: list[FormField] = []
    tag = tag_of(node)
    if tag in TASKS:
        kinds = tuple((each, wording.KINDS[each]) for each in TASKS)
        fields.append(pieces.choice("kind", "Kind of step", kinds, required=True))
    in_lane = tag_of(node.getparent()) == "process" and not node.get("attachedToRef")
    lanes = pieces.lane_options(drawing, drawing.process_of(node)) if in_lane else ()
    if lanes:
        fields.append(
            pieces.choice(
                "lane",
                "Agency (lane)",
                lanes,
                "Who answers for the step",
                required=drawing.lane_of(node) is not None,
            )
        )
        fields.append(pieces.line("new_lane", "Name of the new lane", shown=("lane", pieces.NEW)))
    if tag in _PEOPLE:
        fields += [
            pieces.line(
                "role",
                "Role, where it is not the lane’s",
                "The code of a role such as health, or an expression such as ${adviser.role}",
            ),
            pieces.line(
                "due",
                "Date by which the step should be done",
                "An expression such as ${before(due('assessment.decision'), 'P1W')}",
                limit=500,
            ),
        ]
    return fields


def _what(node: etree._Element, lists: Lists) -> list[FormField]:
    topic = node.get(f"{C}topic") or ""
    services = pieces.with_current(lists.services, topic)
    called = pieces.with_current(lists.processes, node.get("calledElement") or "")
    tables = pieces.with_current(lists.decisions, node.get(f"{C}decisionRef") or "")
    of_kind: dict[str, list[FormField]] = {
        "serviceTask": [
            pieces.choice("topic", "What the system does", services, required=True),
            *(_need(each, node, lists) for each in NEEDS.get(topic, ())),
        ],
        "callActivity": [pieces.choice("called", "Which process", called, required=True)],
        "businessRuleTask": [
            pieces.choice("decision", "Which decision table", tables, required=True),
            pieces.line("result", "Name of its result", "Small letters, digits and underscores"),
        ],
        "scriptTask": [pieces.text("script", "Calculation", "One name = expression a line")],
    }
    return [*of_kind.get(tag_of(node), ()), *_event(node, lists), *_each_of(node)]


def _event(node: etree._Element, lists: Lists) -> list[FormField]:
    fields: list[FormField] = []
    if wording.timer_of(node) is not None:
        fields += pieces.timer_fields(lists)
    if wording.event_of(node) == "message" or tag_of(node) in {"receiveTask", "sendTask"}:
        fields.append(pieces.line("message", "Name of the message", "Such as request_withdrawn"))
    if tag_of(node) == "boundaryEvent" and wording.event_of(node) in _STAYING:
        fields.append(pieces.yes_or_no("goes_on", "Does the step go on when this happens?"))
    return fields


def _each_of(node: etree._Element) -> list[FormField]:
    if tag_of(node) not in ACTIVITIES or node.get("triggeredByEvent") == "true":
        return []
    once = "An expression such as ${advisers}; empty where it is done once"
    return [
        pieces.line("collection", "Done once for each of a list", once),
        pieces.line("item", "What one of the list is called", "Such as adviser"),
    ]


def _need(name: str, node: etree._Element, lists: Lists) -> FormField:
    if name == "notice":
        current = extras.properties(node).get("notice", "")
        return pieces.choice(
            name, _LABELS[name], pieces.with_current(lists.notices, current), required=True
        )
    return pieces.line(name, _LABELS[name], _HINTS.get(name, ""), limit=500)


def _meaning(node: etree._Element, lists: Lists) -> list[FormField]:
    tag, found = tag_of(node), extras.properties(node)
    if tag.endswith("Gateway"):
        return []
    fields = [
        pieces.choice(
            "duty",
            "Time limit",
            pieces.optional(pieces.with_current(lists.duties, found.get("duty", ""))),
            "The duty that this step serves",
        )
    ]
    if tag in _PEOPLE:
        fields += [
            pieces.line("stage", "Stage of the case", "Once the step opens"),
            pieces.text(
                "guidance", "Guidance", "What the law or the Code says, shown above the form"
            ),
        ]
    code, _, _ = _record(found)
    fields.append(
        pieces.choice(
            "records",
            "Fact that it records",
            pieces.optional(pieces.with_current(lists.facts, code)),
            "Time limits run from facts",
        )
    )
    fields.append(
        pieces.line("records_outcome", "With this outcome", "Such as assess; empty for none")
    )
    dates = tuple(
        (each.get("id") or "", each.get("label") or "")
        for each in extras.fields(node)
        if each.get("type") == "date"
    )
    dates = pieces.with_current(dates, found.get("date_field", ""))
    if dates:
        fields.append(
            pieces.choice(
                "date_field",
                "The day of the fact",
                pieces.optional(dates, "The day on which the step is done"),
            )
        )
    if tag == "endEvent":
        fields.append(
            pieces.line(
                "outcome",
                "How the case ends",
                "issued, refused, no_plan, withdrawn, moved_away, adopted or ceased; or leave it empty",
            )
        )
    return fields


def _record(found: dict[str, str]) -> tuple[str, str, bool]:
    """Return code and outcome of the fact that is recorded; several are kept as they are written."""
    text = found.get("records", "")
    if ";" in text or "${" in text:
        return text, "", True
    code, _, outcome = text.partition(":")
    return code.strip(), outcome.strip(), False


def _values(drawing: Drawing, node: etree._Element) -> dict[str, JsonValue]:
    found = extras.properties(node)
    lane = drawing.lane_of(node)
    loop = node.find(f"{B}multiInstanceLoopCharacteristics")
    code, outcome, _ = _record(found)
    other = [
        f"{name} = {value}"
        for name, value in found.items()
        if name not in _shown(node) and "\n" not in value
    ]
    return {
        **pieces.timer_values(wording.timer_of(node)),
        **{name: found.get(name, "") for name in ("stage", "guidance", "outcome", *_LABELS)},
        "name": " ".join((node.get("name") or "").split()),
        "kind": tag_of(node),
        "lane": "" if lane is None else lane.get("id"),
        "role": node.get(f"{C}candidateGroups") or "",
        "due": node.get(f"{C}dueDate") or "",
        "topic": node.get(f"{C}topic") or "",
        "called": node.get("calledElement") or "",
        "decision": node.get(f"{C}decisionRef") or "",
        "result": node.get(f"{C}resultVariable") or "",
        "script": (node.findtext(f"{B}script") or "").strip(),
        "message": wording.message_of(drawing, node),
        "goes_on": node.get("cancelActivity") == "false",
        "collection": "" if loop is None else loop.get(f"{C}collection") or "",
        "item": "" if loop is None else loop.get(f"{C}elementVariable") or "",
        "duty": found.get("duty", "") or pieces.NONE,
        "records": code or pieces.NONE,
        "records_outcome": outcome,
        "date_field": found.get("date_field", "") or pieces.NONE,
        "other": "\n".join(other),
        "documentation": (node.findtext(f"{B}documentation") or "").strip(),
    }


def _shown(node: etree._Element) -> set[str]:
    """Return the properties that have a question of their own for such a step."""
    tag = tag_of(node)
    if tag.endswith("Gateway"):
        return set()
    found = {"duty", "records", "date_field", *NEEDS.get(node.get(f"{C}topic") or "", ())}
    if tag in _PEOPLE:
        found |= {"stage", "guidance"}
    if tag == "endEvent":
        found.add("outcome")
    return found


def _apply(drawing: Drawing, element_id: str, answers: Answers) -> str:
    node = drawing.node(element_id)
    _apply_properties(drawing, node, answers)
    change.rename(drawing, element_id, pieces.said(answers, "name"))
    insert.document(node, pieces.said(answers, "documentation"))
    _apply_kind(drawing, node, answers)
    _apply_events(drawing, node, answers)
    if "collection" in answers or "item" in answers:
        _apply_list(drawing, node, pieces.said(answers, "collection"), pieces.said(answers, "item"))
    if said := pieces.said(answers, "kind"):
        change.change_kind(drawing, element_id, said)
    _apply_lane(drawing, element_id, answers)
    return element_id


def _apply_lane(drawing: Drawing, element_id: str, answers: Answers) -> None:
    lane = pieces.said(answers, "lane")
    if not lane:
        return
    if lane == pieces.NEW:
        name = pieces.said(answers, "new_lane")
        if not name:
            raise pieces.missing("new_lane", "Enter the name of the new lane")
        lane = change.new_lane(drawing, drawing.process_of(drawing.node(element_id)), name)
    change.change_lane(drawing, element_id, lane)


def _apply_kind(drawing: Drawing, node: etree._Element, answers: Answers) -> None:
    for name, attribute in (
        ("role", "candidateGroups"),
        ("due", "dueDate"),
        ("topic", "topic"),
        ("decision", "decisionRef"),
        ("result", "resultVariable"),
    ):
        if name in answers:
            insert.set_camunda(drawing, node, attribute, pieces.said(answers, name))
    if pieces.said(answers, "topic"):
        insert.set_camunda(drawing, node, "type", "external")
    if pieces.said(answers, "called"):
        node.set("calledElement", pieces.said(answers, "called"))
    if "script" in answers and tag_of(node) == "scriptTask":
        for each in node.findall(f"{B}script"):
            discard(each)
        script = etree.Element(f"{B}script", nsmap=node.nsmap)
        script.text = pieces.said(answers, "script")
        append(node, script)


def _apply_events(drawing: Drawing, node: etree._Element, answers: Answers) -> None:
    if "timer_choice" in answers:
        insert.set_timer(node, pieces.timing_of(answers))
    if "goes_on" in answers:
        node.set("cancelActivity", "false" if answers["goes_on"] else "true")
    if pieces.said(answers, "message"):
        definition = node.find(f"{B}messageEventDefinition")
        holder = node if definition is None else definition
        holder.set("messageRef", drawing.message(pieces.said(answers, "message")))


def _apply_list(drawing: Drawing, node: etree._Element, collection: str, item: str) -> None:
    loop = node.find(f"{B}multiInstanceLoopCharacteristics")
    if not collection:
        if loop is not None and loop.get(f"{C}collection"):
            discard(loop)
        return
    extras.declare(drawing)
    if loop is None:
        loop = etree.Element(f"{B}multiInstanceLoopCharacteristics", nsmap=node.nsmap)
        behind = [
            at
            for at, each in enumerate(node)
            if tag_of(each)
            in {
                "documentation",
                "extensionElements",
                "incoming",
                "outgoing",
                "ioSpecification",
                "property",
            }
        ]
        append(node, loop)
        if behind and behind[-1] + 1 < len(node) - 1:
            node.insert(behind[-1] + 1, loop)
    loop.set(f"{C}collection", collection)
    loop.set(f"{C}elementVariable", item)


def _apply_properties(drawing: Drawing, node: etree._Element, answers: Answers) -> None:
    shown = _shown(node)
    values = {
        name: pieces.said(answers, name)
        for name in shown
        if name in answers and name not in {"duty", "records", "date_field"}
    }
    if "duty" in shown:
        values["duty"] = pieces.chosen(answers, "duty")
        code, outcome = pieces.chosen(answers, "records"), pieces.said(answers, "records_outcome")
        values["records"] = f"{code}:{outcome}" if code and outcome and ";" not in code else code
        values["date_field"] = pieces.chosen(answers, "date_field") if code else ""
    before = extras.properties(node)
    values |= {
        name: "" for name, value in before.items() if name not in shown and "\n" not in value
    }
    values |= _others(pieces.said(answers, "other"))
    extras.set_properties(drawing, node, values)


def _others(text: str) -> dict[str, str]:
    found = {}
    for each in filter(str.strip, text.splitlines()):
        pair = _OTHER.match(each)
        if pair is None:
            raise pieces.missing("other", f"“{each.strip()[:60]}” must be written as name = value")
        found[pair[1]] = pair[2]
    return found
