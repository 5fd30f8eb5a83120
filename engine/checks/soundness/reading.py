"""Read the control flow out of a BPMN document, whatever tool wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from engine.checks.soundness import throwing
from engine.checks.soundness.model import ANYTHING, Flow, Kind, Node, Scope, Thrown
from engine.definitions import xml

_B: Final = f"{{{xml.BPMN}}}"
SUBPROCESSES: Final = frozenset({"subProcess", "adHocSubProcess", "transaction"})
TASKS: Final = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
        "businessRuleTask",
    }
)  # fmt: skip
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(SUBPROCESSES | TASKS | {"callActivity"}, Kind.ACTIVITY),
    "exclusiveGateway": Kind.EXCLUSIVE,
    "eventBasedGateway": Kind.EXCLUSIVE,
    "parallelGateway": Kind.PARALLEL,
    "inclusiveGateway": Kind.INCLUSIVE,
    # How many it waits for stands in an expression: taken as waiting for all that can come.
    "complexGateway": Kind.INCLUSIVE,
    "startEvent": Kind.START,
    "endEvent": Kind.END,
    "intermediateCatchEvent": Kind.EVENT,
    "intermediateThrowEvent": Kind.EVENT,
    "boundaryEvent": Kind.BOUNDARY,
}
_BY_MACHINES: Final = frozenset(
    {"task", "serviceTask", "sendTask", "scriptTask", "businessRuleTask"}
)
_BY_PEOPLE: Final = frozenset({"task", "userTask", "manualTask"})
UNKNOWN: Final = frozenset({Thrown("error", ANYTHING), Thrown("escalation", ANYTHING)})


@dataclass(slots=True)
class _Reader:
    """One document with those it calls.

    Attributes:
        root: The document.
        others: Further documents, by the id of their process.
        known: What each called process throws; one that is being read throws nothing yet, so that a
            circle of calls ends.
    """

    root: etree._Element
    others: Mapping[str, etree._Element]
    known: dict[str, frozenset[Thrown]]
    seen: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    flows: dict[str, list[Flow]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for tag, attribute in (("error", "errorCode"), ("escalation", "escalationCode")):
            for element in self.root.iterfind(f"{_B}{tag}"):
                name = element.get("id", "")
                self.codes[name] = element.get(attribute) or name
        # Some tools file all flows of a process in one place, whatever scope they belong to.
        for element in self.root.iter(f"{_B}sequenceFlow"):
            flow = Flow(
                id=element.get("id", ""),
                source=_unqualified(element.get("sourceRef", "")),
                target=_unqualified(element.get("targetRef", "")),
                conditional=element.find(f"{_B}conditionExpression") is not None,
            )
            self.flows.setdefault(flow.source, []).append(flow)

    def scope(self, element: etree._Element) -> Scope:
        """Read a process or a subprocess with all that is in it."""
        children = [child for child in element if isinstance(child.tag, str)]
        inner = [child for child in children if _local(child) in _KINDS]
        handlers = [child for child in inner if child.get("triggeredByEvent") in {"true", "1"}]
        nodes = tuple(self._nodes(child for child in inner if child not in handlers))
        return Scope(
            id=element.get("id", ""),
            name=element.get("name") or element.get("id", ""),
            line=element.sourceline or 0,
            nodes=nodes,
            flows=(*self._flows_between(nodes), *_leaps(nodes)),
            handlers=tuple(self.scope(child) for child in handlers),
            in_any_order=_local(element) == "adHocSubProcess",
        )

    def _nodes(self, elements: Iterator[etree._Element]) -> Iterator[Node]:
        for element in elements:
            name = element.get("id", "")
            if name in self.seen:  # flows cannot tell the two apart: the first is meant
                continue
            key = name or f"?{len(self.seen)}"
            self.seen.add(key)
            yield self._node(element, key)

    def _node(self, element: etree._Element, key: str) -> Node:
        kind = _KINDS[_local(element)]
        trigger, code = self._definition(element)
        inside = self.scope(element) if _local(element) in SUBPROCESSES else None
        stays = "cancelActivity" if kind is Kind.BOUNDARY else "isInterrupting"
        return Node(
            key=key,
            id=element.get("id", ""),
            name=" ".join((element.get("name") or element.get("id", "")).split()),
            line=element.sourceline or 0,
            kind=kind,
            default=element.get("default", ""),
            attached=_unqualified(element.get("attachedToRef", "")),
            interrupting=element.get(stays) not in {"false", "0"},
            trigger=trigger,
            code=code,
            throws=_local(element) in {"endEvent", "intermediateThrowEvent"},
            instantiates=element.get("instantiate") in {"true", "1"},
            compensates=element.get("isForCompensation") in {"true", "1"},
            encloses=inside is not None or _local(element) == "callActivity",
            inside=inside,
            thrown=self._thrown(element, inside),
        )

    def _definition(self, element: etree._Element) -> tuple[str, str]:
        found = [
            child
            for child in element
            if isinstance(child.tag, str)
            and _local(child).endswith(("EventDefinition", "eventDefinitionRef"))
        ]
        if len(found) != 1:
            return ("multiple" if found else "", "")
        trigger = _local(found[0]).removesuffix("EventDefinition")
        if trigger == "link":
            return trigger, found[0].get("name") or element.get("name", "")
        reference = _unqualified(found[0].get(f"{trigger}Ref", ""))
        return trigger, self.codes.get(reference, reference)

    def _thrown(self, element: etree._Element, inside: Scope | None) -> frozenset[Thrown]:
        tag = _local(element)
        if inside is not None:
            return throwing.out_of(inside) if inside.nodes else UNKNOWN
        if tag == "callActivity":
            return self._thrown_by_called(_unqualified(element.get("calledElement", "")))
        errors = {Thrown("error", ANYTHING)} if tag in _BY_MACHINES else set()
        people = {Thrown("escalation", ANYTHING)} if tag in _BY_PEOPLE else set()
        return frozenset(errors | people)

    def _thrown_by_called(self, called: str) -> frozenset[Thrown]:
        if called in self.known:
            return self.known[called]
        for root in (self.root, self.others.get(called)):
            for process in () if root is None else root.iterfind(f"{_B}process"):
                if process.get("id") == called:
                    self.known[called] = frozenset()
                    reader = _Reader(root, self.others, self.known)
                    self.known[called] = throwing.out_of(reader.scope(process))
                    return self.known[called]
        return UNKNOWN

    def _flows_between(self, nodes: tuple[Node, ...]) -> Iterator[Flow]:
        keys = {node.key for node in nodes}
        for node in nodes:
            yield from (flow for flow in self.flows.get(node.key, ()) if flow.target in keys)


def read(root: etree._Element, others: Mapping[str, etree._Element]) -> tuple[Scope, ...]:
    """Return the processes of a BPMN document that have anything in them; none for a DMN one.

    Args:
        root: What `engine.definitions.xml.parse` returned.
        others: Further documents that call activities may lead to, by the id of their process.
    """
    known: dict[str, frozenset[Thrown]] = {}
    scopes = [
        _Reader(root, others, known).scope(process) for process in root.iterfind(f"{_B}process")
    ]
    return tuple(scope for scope in scopes if scope.nodes)


def _leaps(nodes: tuple[Node, ...]) -> Iterator[Flow]:
    """Yield from each throwing link event to those that catch it."""
    links = [node for node in nodes if node.trigger == "link"]
    landings: dict[str, list[Node]] = {}
    for node in links:
        if not node.throws:
            landings.setdefault(node.code, []).append(node)
    for node in links:
        if node.throws:
            # One landing is meant; of several the first is taken.
            yield from (Flow("", node.key, to.key) for to in landings.get(node.code, [])[:1])


def _local(element: etree._Element) -> str:
    """Return the tag of a BPMN element, "" for one of another namespace."""
    tag = str(element.tag)
    return tag.removeprefix(_B) if tag.startswith(_B) else ""


def _unqualified(name: str) -> str:
    return name.strip().rpartition(":")[2]
