"""A process as it is drawn, read leniently: a draft may lack much that a published one has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from engine.definitions import xml

_B: Final = f"{{{xml.BPMN}}}"
_C: Final = f"{{{xml.CAMUNDA}}}"
_OTHERS: Final = frozenset({"subProcess", "transaction", "adHocSubProcess", "callActivity", "task"})
_WAITING: Final = frozenset({"userTask", "manualTask", "task", "receiveTask"})
_FRAMES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition`: its text, "" for none."""

    id: str
    source: str
    target: str
    condition: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A flow node.

    Attributes:
        tag: As in BPMN: "userTask".
        process: Id of the process that it is in, through embedded subprocesses.
        timer: (kind, text) of a timer event: "timeDate", "timeDuration", "timeCycle".
        events: What kinds of event it is: "timer", "message", "error" and so on.
        refers_to: What its error, escalation, message, signal or link is.
        texts: Every attribute and text in which an expression can stand.
        fields: Ids of the questions of its form.
    """

    id: str
    name: str
    tag: str
    process: str
    line: int
    properties: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""
    called: str = ""
    attached_to: str = ""
    interrupting: bool = True
    triggered_by_event: bool = False
    timer: tuple[str, str] | None = None
    events: frozenset[str] = frozenset()
    refers_to: str = ""
    script: str = ""
    fields: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name, or its id where it has none."""
        return self.name or self.id

    @property
    def waits(self) -> bool:
        """A case can stand there, so that something may interrupt it."""
        return self.tag in _WAITING or (
            self.tag == "intermediateCatchEvent" and "link" not in self.events
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """A process or an embedded subprocess: its steps and flows, and the frames within."""

    id: str
    name: str
    process: str
    line: int
    steps: Mapping[str, Step]
    flows: tuple[Flow, ...]
    frames: Mapping[str, "Frame"]
    choices: Mapping[str, tuple[str, ...]]

    def every_step(self) -> Iterator[Step]:
        """Yield its steps and those of the frames within."""
        for step in self.steps.values():
            yield step
            if step.id in self.frames:
                yield from self.frames[step.id].every_step()

    def every_frame(self) -> Iterator["Frame"]:
        """Yield it and the frames within."""
        yield self
        for frame in self.frames.values():
            yield from frame.every_frame()


def processes(root: etree._Element) -> tuple[Frame, ...]:
    """Return the processes of a file that have steps."""
    found = (_frame(node, node.get("id", "")) for node in root.findall(f"{_B}process"))
    return tuple(each for each in found if each.id and each.steps)


def _frame(node: etree._Element, process: str) -> Frame:
    steps, frames = {}, {}
    for child in node:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if child.get("id") and (tag.endswith(("Event", "Task", "Gateway")) or tag in _OTHERS):
            step = _step(child, tag, process)
            steps[step.id] = step
            if tag in _FRAMES:
                frames[step.id] = _frame(child, process)
    defaults = {child.get("default") for child in node if isinstance(child.tag, str)}
    flows = tuple(
        Flow(
            each.get("id", ""),
            each.get("sourceRef", ""),
            each.get("targetRef", ""),
            (each.findtext(f"{_B}conditionExpression") or "").strip(),
            bool(each.get("id")) and each.get("id") in defaults,
        )
        for each in node.findall(f"{_B}sequenceFlow")
    )
    name = " ".join((node.get("name") or "").split())
    return Frame(
        node.get("id", ""),
        name,
        process,
        node.sourceline or 0,
        steps,
        tuple(each for each in flows if each.source in steps and each.target in steps),
        frames,
        _choices(node),
    )


def _step(node: etree._Element, tag: str, process: str) -> Step:
    kinds = {
        etree.QName(child).localname.removesuffix("EventDefinition"): child
        for child in node
        if isinstance(child.tag, str) and child.tag.endswith("EventDefinition")
    }
    properties = {
        each.get("name", ""): each.get("value", "")
        for each in node.findall(f"{_B}extensionElements/{_C}properties/{_C}property")
    }
    forms = node.findall(f"{_B}extensionElements/{_C}formData/{_C}formField")
    timer = _timer(kinds.get("timer"))
    script = node.findtext(f"{_B}script") or ""
    attributes = [str(value) for key, value in node.attrib.items() if str(key).startswith(_C)]
    return Step(
        id=node.get("id", ""),
        name=" ".join((node.get("name") or "").split()),
        tag=tag,
        process=process,
        line=node.sourceline or 0,
        properties=properties,
        topic=node.get(f"{_C}topic") or properties.get("topic", ""),
        called=node.get("calledElement", ""),
        attached_to=node.get("attachedToRef", ""),
        interrupting="false" not in {node.get("cancelActivity"), node.get("isInterrupting")},
        triggered_by_event=node.get("triggeredByEvent") == "true",
        timer=timer,
        events=frozenset(kinds),
        refers_to=_refers_to(kinds),
        script=script,
        fields=tuple(each.get("id", "") for each in forms),
        texts=(*properties.values(), *attributes, script, *([timer[1]] if timer else [])),
    )


def _timer(definition: etree._Element | None) -> tuple[str, str] | None:
    if definition is None:
        return None
    for kind in ("timeDate", "timeDuration", "timeCycle"):
        text = (definition.findtext(f"{_B}{kind}") or "").strip()
        if text:
            return kind, text
    return "timeDate", ""


def _refers_to(kinds: Mapping[str, etree._Element]) -> str:
    for kind, definition in kinds.items():
        found = definition.get("name") if kind == "link" else definition.get(f"{kind}Ref")
        if found:
            return str(found)
    return ""


def _choices(node: etree._Element) -> dict[str, tuple[str, ...]]:
    """Return what each variable can be: all that any form of the frame offers for it."""
    found: dict[str, tuple[str, ...]] = {}
    for each in node.iter(f"{_C}formField"):
        offered = tuple(one.get("id", "") for one in each.findall(f"{_C}value"))
        if each.get("type") == "enum" and offered:
            known = found.get(each.get("id", ""), ())
            found[each.get("id", "")] = tuple(dict.fromkeys((*known, *offered)))
    return found
