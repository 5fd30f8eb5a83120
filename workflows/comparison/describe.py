"""Say of each element of a diagram what it is and does, aspect by aspect, to be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from engine.definitions import xml
from workflows.comparison import wording

_B: Final = f"{{{xml.BPMN}}}"
_C: Final = f"{{{xml.CAMUNDA}}}"
KINDS: Final[Mapping[str, str]] = {
    "userTask": "task", "manualTask": "task", "task": "task", "serviceTask": "service task",
    "sendTask": "send task", "receiveTask": "receive task", "scriptTask": "script task",
    "businessRuleTask": "decision", "callActivity": "call activity", "subProcess": "subprocess",
    "startEvent": "start event", "endEvent": "end event", "boundaryEvent": "boundary event",
    "intermediateCatchEvent": "intermediate event", "intermediateThrowEvent": "intermediate event",
    "exclusiveGateway": "exclusive gateway", "inclusiveGateway": "inclusive gateway",
    "parallelGateway": "parallel gateway", "eventBasedGateway": "event-based gateway",
    "complexGateway": "complex gateway", "adHocSubProcess": "ad hoc subprocess",
    "transaction": "transaction", "sequenceFlow": "flow", "messageFlow": "message flow",
    "lane": "lane", "participant": "pool", "textAnnotation": "annotation", "message": "message",
    "dataObjectReference": "data object", "dataStoreReference": "data store", "process": "process",
    "group": "group", "association": "association",
}  # fmt: skip
# What an attribute of Camunda's dialect is called in a comparison.
ATTRIBUTES: Final[Mapping[str, str]] = {
    "candidateGroups": "who acts", "assignee": "assignee", "dueDate": "task due",
    "formKey": "form", "topic": "service", "decisionRef": "decision table",
    "resultVariable": "result", "collection": "runs once for each of", "elementVariable": "item",
}  # fmt: skip
PLAIN: Final[Mapping[str, str]] = {
    "calledElement": "calls", "attachedToRef": "stands on", "default": "default flow",
}  # fmt: skip
PROPERTIES: Final[Mapping[str, str]] = {
    "records": "records", "duty": "duty", "duty_qualifier": "duty is about", "qualifier": "about",
    "date_field": "date of the fact", "on": "date of the fact", "notice": "notice",
    "recipient": "sent to", "action": "offered as", "stage": "stage", "guidance": "guidance",
    "outcome": "outcome", "decision": "legal test", "label": "label",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """An element.

    Attributes:
        kind: In words ("task", "flow").
        name: What it is called, "" where it has no name.
        place: Where it stands: its subprocess or process, and its lane.
        stands: The ids of these.
        ways: For a flow, the ids of where it comes from and goes to.
        aspects: What it does: name of the aspect to how it is, in words.
        fields: The questions of its form: id to what is asked, in words.
    """

    id: str
    kind: str
    name: str
    place: str = ""
    stands: tuple[str, ...] = ()
    ways: tuple[str, str] = ("", "")
    aspects: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def describe(root: etree._Element) -> dict[str, Described]:
    """Return every element of a BPMN document that has an id and a meaning, by its id."""
    lanes = {
        (reference.text or "").strip(): lane
        for lane in root.iter(f"{_B}lane")
        for reference in lane.findall(f"{_B}flowNodeRef")
    }
    messages = {each.get("id"): each.get("name") or "" for each in root.iter(f"{_B}message")}
    found: dict[str, Described] = {}
    for node in root.iter():
        kind = KINDS.get(tag(node))
        identifier = node.get("id")
        if kind and identifier and node.tag.startswith(_B):
            found[identifier] = _described(node, kind, lanes, messages)
    return found


def tag(node: etree._Element) -> str:
    """Return the tag without its namespace, "" for a comment."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _described(
    node: etree._Element,
    kind: str,
    lanes: Mapping[str, etree._Element],
    messages: Mapping[str | None, str],
) -> Described:
    parent = node.getparent()
    holder = (parent.get("name") or parent.get("id") or "") if parent is not None else ""
    found = lanes.get(node.get("id", ""))
    lane = "" if found is None else found.get("name") or ""
    around = [each for each in (parent, found) if each is not None and tag(each) in KINDS]
    return Described(
        id=node.get("id", ""),
        kind=kind,
        name=" ".join((node.get("name") or "").split()),
        place=f"{holder}, {lane}" if lane else holder,
        stands=tuple(each.get("id") or "" for each in around),
        ways=(node.get("sourceRef", ""), node.get("targetRef", "")),
        aspects=dict(_aspects(node, messages)),
        fields=dict(_fields(node)),
    )


TEXTS: Final[Mapping[str, str]] = {
    "script": "sets", "documentation": "documentation", "text": "text",
}  # fmt: skip


def _aspects(node: etree._Element, messages: Mapping[str | None, str]) -> Iterator[tuple[str, str]]:
    yield from _attributes(node)
    text = node.findtext(f"{_B}conditionExpression")
    if text:
        yield "taken if", wording.condition(text)
    for name, words in TEXTS.items():
        said = " ".join((node.findtext(f"{_B}{name}") or "").split())
        if said:
            yield words, said
    yield from _event(node, messages)
    yield from _properties(node)


def _attributes(node: etree._Element) -> Iterator[tuple[str, str]]:
    loop = node.find(f"{_B}multiInstanceLoopCharacteristics")
    for holder in (node, *([] if loop is None else [loop])):
        for attribute, words in ATTRIBUTES.items():
            value = holder.get(f"{_C}{attribute}")
            if value:
                yield words, wording.day(value) if attribute == "dueDate" else wording.strip(value)
    for attribute, words in PLAIN.items():
        if node.get(attribute):
            yield words, node.get(attribute, "")
    if tag(node) == "boundaryEvent":
        yield "interrupts", "no" if node.get("cancelActivity") == "false" else "yes"


def _event(node: etree._Element, messages: Mapping[str | None, str]) -> Iterator[tuple[str, str]]:
    for definition in node:
        name = tag(definition)
        if name == "timerEventDefinition":
            for kind in ("timeDate", "timeDuration", "timeCycle"):
                text = (definition.findtext(f"{_B}{kind}") or "").strip()
                if text:
                    yield "fires", wording.timer(kind, text)
        elif name == "messageEventDefinition":
            yield "message", messages.get(definition.get("messageRef"), "")
        elif name.endswith("EventDefinition"):
            yield "event", name.removesuffix("EventDefinition")
    if node.get("messageRef"):
        yield "message", messages.get(node.get("messageRef"), "")


def _properties(node: etree._Element) -> Iterator[tuple[str, str]]:
    for each in node.findall(f"{_B}extensionElements/{_C}properties/{_C}property"):
        name, value = each.get("name") or "", each.get("value") or ""
        yield PROPERTIES.get(name, name), wording.strip(value)


def _fields(node: etree._Element) -> Iterator[tuple[str, str]]:
    for each in node.findall(f"{_B}extensionElements/{_C}formData/{_C}formField"):
        options = [one.get("name") or one.get("id") or "" for one in each.findall(f"{_C}value")]
        rules = [
            f"{one.get('name')} {one.get('config')}".replace("required true", "must be answered")
            for one in each.iter(f"{_C}constraint")
        ]
        more = [
            f"{one.get('id') or one.get('name')}: {one.get('value')}"
            for one in each.findall(f"{_C}properties/{_C}property")
        ]
        words = [f"“{each.get('label') or each.get('id')}” ({each.get('type') or 'string'})"]
        words += [f"choices {', '.join(options)}"] if options else []
        words += [f"default {each.get('defaultValue')}"] if each.get("defaultValue") else []
        yield each.get("id") or "", "; ".join([*words, *rules, *more])
