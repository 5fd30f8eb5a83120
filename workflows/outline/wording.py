"""What the outline says of steps, in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from engine.definitions.elements import tag_of
from workflows.outline import extras, timing
from workflows.outline.drawing import B, C, Drawing

KINDS: Final = {
    "userTask": "Task for a person",
    "manualTask": "Task for a person, done outside the system",
    "task": "Task",
    "serviceTask": "Task of the system",
    "sendTask": "Message that is sent",
    "receiveTask": "Wait for a message",
    "scriptTask": "Calculation",
    "businessRuleTask": "Decision table",
    "callActivity": "Another process",
    "subProcess": "Group of steps",
    "transaction": "Transaction",
    "adHocSubProcess": "Steps in any order",
    "exclusiveGateway": "Question (exclusive gateway)",
    "inclusiveGateway": "Question with several answers (inclusive gateway)",
    "parallelGateway": "At the same time (parallel gateway)",
    "eventBasedGateway": "Whatever happens first (event-based gateway)",
    "complexGateway": "Complex gateway",
    "startEvent": "Start",
    "endEvent": "End",
}
_DEFINITIONS: Final = {
    "timer": "a date",
    "message": "a message",
    "error": "an error",
    "escalation": "an escalation",
    "signal": "a signal",
    "conditional": "a condition",
    "compensate": "compensation",
    "link": "a link",
    "cancel": "a cancellation",
}
_EQUALS: Final = re.compile(
    r"^\$?\{?\s*([a-z_]\w*)\s*(==|!=)\s*(?:\"([^\"]*)\"|'([^']*)'|(true|false))\s*\}?$"
)
_NAMES_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Titles:
    """Names of what diagrams refer to by a code."""

    duties: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)
    processes: Mapping[str, str] = field(default_factory=dict)


def kind_of(node: etree._Element) -> str:
    """Return the kind of a step: "Wait for a date", "Task for a person"."""
    tag = tag_of(node)
    words = KINDS.get(tag, tag)
    if tag == "subProcess" and node.get("triggeredByEvent") == "true":
        return "Steps that may begin at any time (event subprocess)"
    if tag.endswith("Gateway") and _joins(node):
        return f"Where branches meet ({words.partition('(')[2] or f'{tag})'}"
    return _kind_of_event(node, tag) if tag.endswith("Event") else words


def _kind_of_event(node: etree._Element, tag: str) -> str:
    definition = event_of(node)
    about = _DEFINITIONS.get(definition, "something")
    if tag == "boundaryEvent":
        stays = node.get("cancelActivity") == "false"
        return f"While the step above waits: {about}, {'the step goes on' if stays else 'the step is left'}"
    if tag == "intermediateCatchEvent":
        return f"Wait for {about}"
    if tag == "intermediateThrowEvent":
        return f"Sends {about}" if definition else "State that is reached"
    if definition == "terminate":
        return "End of everything"
    words = KINDS.get(tag, tag)
    return f"{words}, with {about}" if definition else words


def event_of(node: etree._Element) -> str:
    """Return what an event is about: "timer", "message", "" for a plain one."""
    for each in node:
        tag = tag_of(each)
        if tag.endswith("EventDefinition"):
            return tag.removesuffix("EventDefinition")
    return ""


def name_of(node: etree._Element) -> str:
    """Return the name of a step, or its kind where it has none."""
    name = " ".join((node.get("name") or "").split())
    if name:
        return name
    if tag_of(node) == "parallelGateway" and _joins(node):
        return "All of these are done"
    if tag_of(node).endswith("Gateway") and _joins(node):
        return "The branches meet"
    return kind_of(node).partition(" (")[0]


def _joins(node: etree._Element) -> bool:
    return len(node.findall(f"{B}incoming")) > 1 >= len(node.findall(f"{B}outgoing"))


def details(drawing: Drawing, node: etree._Element, titles: Titles) -> tuple[tuple[str, str], ...]:
    """Return what is said of a step, each with what it is about."""
    return tuple((name, text) for name, text in _details(drawing, node, titles) if text)


def _details(drawing: Drawing, node: etree._Element, titles: Titles) -> Iterator[tuple[str, str]]:
    said = extras.properties(node)
    if tag_of(node) in {"userTask", "manualTask", "task"}:
        yield "Who acts", who_acts(drawing, node)
    yield "Form", _form(node)
    yield "When", when(node, titles)
    yield "Message", message_of(drawing, node)
    topic = node.get(f"{C}topic") or ""
    yield "What the system does", titles.services.get(topic, topic)
    notice = said.get("notice", "")
    yield "Notice", titles.notices.get(notice, notice)
    called = node.get("calledElement") or ""
    yield "Process", titles.processes.get(called, called)
    yield "Decision table", node.get(f"{C}decisionRef") or ""
    loop = node.find(f"{B}multiInstanceLoopCharacteristics")
    yield "For each of", "" if loop is None else (loop.get(f"{C}collection") or "several")
    duty = said.get("duty", "")
    yield "Time limit", titles.duties.get(duty, duty)
    yield (
        "Records",
        "; ".join(_fact(each, titles) for each in said.get("records", "").split(";") if each),
    )
    yield "Stage of the case", said.get("stage", "")
    yield "How the case ends", said.get("outcome", "").replace("_", " ")
    yield "Note", " ".join((node.findtext(f"{B}documentation") or "").split())[:200]


def who_acts(drawing: Drawing, node: etree._Element) -> str:
    """Return who does a step: its own role, else its lane."""
    own = node.get(f"{C}candidateGroups") or node.get(f"{C}assignee") or ""
    if own:
        return own.replace("_", " ") if "${" not in own else f"as {own} says"
    lane = drawing.lane_of(node)
    return "" if lane is None else lane.get("name") or ""


def when(node: etree._Element, titles: Titles) -> str:
    """Return when a timer event fires, in words; "" for what is no timer."""
    found = timer_of(node)
    return "" if found is None else timing.in_words(found, dict(titles.duties))


def timer_of(node: etree._Element) -> timing.Timing | None:
    """Return when a timer event fires, None for what is no timer."""
    definition = node.find(f"{B}timerEventDefinition")
    if definition is None:
        return None
    for kind in ("timeDate", "timeDuration", "timeCycle"):
        text = (definition.findtext(f"{B}{kind}") or "").strip()
        if text:
            return timing.read(kind, text)
    return timing.Timing("expression")


def message_of(drawing: Drawing, node: etree._Element) -> str:
    """Return the name of the message that a step waits for or sends."""
    definition = node.find(f"{B}messageEventDefinition")
    holder = node if definition is None else definition
    message = drawing.elements.get((holder.get("messageRef") or "").rpartition(":")[2])
    return "" if message is None else message.get("name") or ""


def branch(drawing: Drawing, node: etree._Element, flow: etree._Element) -> str:
    """Return when a way out is taken, in words."""
    name = " ".join((flow.get("name") or "").split())
    if tag_of(node) == "parallelGateway":
        return f"At the same time{f': {name}' if name else ''}"
    if tag_of(node) == "eventBasedGateway":
        return "If this happens first"
    words = name or condition(drawing, flow.findtext(f"{B}conditionExpression") or "")
    if node.get("default") == flow.get("id"):
        return f"Otherwise{f' ({words})' if words else ''}"
    if not tag_of(node).endswith("Gateway") and not words:
        return "At the same time"
    return f"If {words}" if words else "If nothing is said about when"


def condition(drawing: Drawing, text: str) -> str:
    """Return a condition in words where it is one answer of a form, else as it is written."""
    found = _EQUALS.match(text.strip())
    if found is None:
        return text.strip()
    name, sign, *values = found.groups()
    value = next(each for each in values if each is not None)
    label, options = _asked(drawing, name)
    return f"“{label}” is {'not ' if sign == '!=' else ''}“{options.get(value, value)}”"


def jump(number: int, target: int) -> str:
    """Return how one step leads to another that stands elsewhere."""
    return f"goes back to step {target}" if target <= number else f"continues at step {target}"


def _asked(drawing: Drawing, name: str) -> tuple[str, dict[str, str]]:
    for each in drawing.root.iter(f"{C}formField"):
        if each.get("id") == name:
            options = {
                one.get("id") or "": one.get("name") or "" for one in each.findall(f"{C}value")
            }
            return each.get("label") or name, options
    return name, {}


def _form(node: etree._Element) -> str:
    labels = [each.get("label") or each.get("id") or "" for each in extras.fields(node)]
    if not labels:
        return node.get(f"{C}formKey") or ""
    shown = "; ".join(labels[:_NAMES_SHOWN]) + ("; …" if len(labels) > _NAMES_SHOWN else "")
    return f"{len(labels)} {'question' if len(labels) == 1 else 'questions'}: {shown}"


def _fact(text: str, titles: Titles) -> str:
    code, _, outcome = text.strip().partition(":")
    title = titles.facts.get(code, code)
    return f"{title} ({outcome.replace('_', ' ')})" if outcome else title
