"""Parse diagrams of the Camunda 7 dialect into what SpiffWorkflow runs, with our kinds of task."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    EventBasedGatewayParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    ReceiveTaskParser,
    SendTaskParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    SubWorkflowParser,
    TaskParser,
)
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    CallActivity,
    EndEvent,
    EventBasedGateway,
    ExclusiveGateway,
    InclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    ManualTask,
    NoneTask,
    ParallelGateway,
    ReceiveTask,
    SendTask,
    StartEvent,
    SubWorkflowTask,
    UserTask,
)

from engine import errors
from engine.definitions import (
    declarations,
    elements,
    expressions,
    specs,
    unsupported,
    wrapping,
    xml,
)
from engine.definitions.elements import Element
from engine.definitions.expressions import Expression, FunctionSignature, Scope, ValueType
from engine.definitions.malformed import MalformedDiagram

_B = f"{{{xml.BPMN}}}"


def process_of(root: etree._Element, name: str) -> etree._Element:
    """Return the one process of a document.

    Raises:
        MalformedDiagram: there is none, there are several, or it is not executable.
    """
    found = root.findall(f"{_B}process")
    if len(found) != 1:
        raise MalformedDiagram(
            f"{name}: the file has {len(found)} processes; draw one process in each file."
        )
    if found[0].get("isExecutable", "false") != "true":
        raise MalformedDiagram(
            f"{name}, line {found[0].sourceline}: process “{found[0].get('id')}” is not marked "
            "executable. Mark it as executable in its properties."
        )
    return found[0]


def key_of(root: etree._Element, name: str) -> tuple[str, str]:
    """Return the key and the name of a document: those of its process or of its first decision."""
    if xml.kind_of(root) == "bpmn":
        process = process_of(root, name)
        return process.get("id", ""), process.get("name") or process.get("id", "")
    decision = root.find(f"{{{xml.DMN}}}decision")
    if decision is None:
        raise MalformedDiagram(f"{name}: the file has no decision.")
    return decision.get("id", ""), decision.get("name") or decision.get("id", "")


def called_keys(process: etree._Element) -> tuple[frozenset[str], frozenset[str]]:
    """Return the processes and the decisions that a process calls."""
    processes = frozenset(
        each.get("calledElement") or "" for each in process.iter(f"{_B}callActivity")
    )
    decisions = frozenset(
        each.get(f"{{{xml.CAMUNDA}}}decisionRef") or ""
        for each in process.iter(f"{_B}businessRuleTask")
    )
    return processes - {""}, decisions - {""}


def start_of(process: etree._Element) -> str:
    """Return the id of the event that a process starts with, "" where it has none."""
    found = process.find(f"{_B}startEvent")
    return "" if found is None else found.get("id") or ""


def scope_of(
    processes: Iterable[etree._Element], signatures: tuple[FunctionSignature, ...]
) -> Scope:
    """Return the names that expressions of processes which call each other may use.

    Raises:
        MalformedDiagram: a declaration or an assignment is none.
    """
    found = tuple(processes)
    for each in found:
        declarations.refuse_faults(each)
    return names_of(found, signatures)


def names_of(
    processes: Iterable[etree._Element], signatures: tuple[FunctionSignature, ...]
) -> Scope:
    """Return the same for processes whose faults are told of elsewhere."""
    names: dict[str, ValueType] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for each in processes:
        found, values = declarations.declared_names(each)
        for name, kind in found.items():
            names[name] = kind if names.get(name, kind) == kind else ValueType.ANY
        for name, options in values.items():
            choices[name] = tuple(dict.fromkeys((*choices.get(name, ()), *options)))
    return Scope(names, signatures, choices)


def conditions(
    processes: Iterable[etree._Element], scope: Scope
) -> Iterator[tuple[str, Expression]]:
    """Yield the conditions of processes: text and compiled expression.

    Raises:
        MalformedDiagram: one is wrong; the message names the flow and the line.
    """
    for process in processes:
        for tag in ("conditionExpression", "completionCondition"):
            for node in process.iter(f"{{{xml.BPMN}}}{tag}"):
                text = node.text or ""
                try:
                    plain = expressions.strip_wrapper(text)
                    yield (
                        text,
                        expressions.compile_expression(plain, scope, expects=ValueType.BOOLEAN),
                    )
                except errors.Invalid as error:
                    flow = node.getparent()
                    raise MalformedDiagram(
                        f"Condition of “{flow.get('name') or flow.get('id')}” (line "
                        f"{node.sourceline}): {error.message}",
                        errors={flow.get("id") or "": (error.message,)},
                    ) from error


def read_elements(root: etree._Element, scope: Scope, name: str) -> dict[str, Element]:
    """Return the flow nodes of a document's process.

    Raises:
        MalformedDiagram: a construct that would not run as drawn, a bad expression, a bad form.
    """
    process = process_of(root, name)
    unsupported.refuse_unsupported(process, name)
    messages = {
        each.get("id", ""): each.get("name") or each.get("id", "")
        for each in root.findall(f"{_B}message")
    }
    lanes = {
        (reference.text or "").strip(): lane.get("name") or ""
        for lane in process.iter(f"{_B}lane")
        for reference in lane.findall(f"{_B}flowNodeRef")
    }
    return elements.Catalogue(process, scope, messages, lanes).read()


def parse_specs(
    roots: Mapping[str, etree._Element], catalogue: Mapping[str, Element], key: str
) -> tuple[Any, dict[str, Any]]:
    """Return SpiffWorkflow's specification of a process and of all that it calls.

    Args:
        roots: Process key to its document, for the process and all that it calls.
        catalogue: Every element of these documents, by id.
        key: The process to start with.

    Raises:
        MalformedDiagram: what SpiffWorkflow refuses, with file, element and line.
    """
    parser = DialectParser(catalogue)
    try:
        for name, root in roots.items():
            parser.add_bpmn_xml(_prepared(root, name), name)
        spec = parser.get_spec(key)
        subprocesses = parser.get_subprocess_specs(key)
    except ValidationException as error:
        text = f"{error.file_name or key}: {_plain(error)}"
        raise MalformedDiagram(text, errors={error.id: (text,)} if error.id else {}) from error
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        # What the library did not foresee, in a diagram that breaks the rules of BPMN.
        raise MalformedDiagram(
            f"{key}: the engine cannot read this diagram ({error!r})."
        ) from error
    _connect_instances([spec, *subprocesses.values()])
    return spec, subprocesses


def _prepared(root: etree._Element, name: str) -> etree._Element:
    process = process_of(root, name)
    wrapped = wrapping.wrap(process)
    running = wrapped if wrapped is not process else _copy(process)
    _start_plainly(running)
    document = etree.Element(root.tag, nsmap=root.nsmap)
    for child in root:
        if child is process:
            document.append(running)
        elif isinstance(child.tag, str):
            document.append(_copy(child))
    # SpiffWorkflow finds elements by any id: a form's field may be called as an element is.
    etree.strip_elements(document, f"{_B}extensionElements", with_tail=False)
    return document


def _start_plainly(process: etree._Element) -> None:
    """Let the engine start the process at once: the message that starts it was ours to see."""
    for start in process.iter(f"{_B}startEvent"):
        for definition in start.findall(f"{_B}messageEventDefinition"):
            start.remove(definition)


def _copy(node: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(node))  # noqa: TID251 (our own serialisation of a parsed tree)


def _plain(error: ValidationException) -> str:
    where = f" (“{error.name or error.id}”, line {error.line_number})" if error.id else ""
    return f"{error.args[0] if error.args else error}{where}".replace("\n", " ")


def _connect_instances(found: Iterable[Any]) -> None:
    """Let a multi-instance hear of its children in a process where none was started yet."""
    for spec in found:
        for task in list(spec.task_specs.values()):
            if isinstance(task, specs.ParallelInstances | specs.SequentialInstances):
                spec.task_specs[task.task_spec].completed_event.connect(task.merge_child)


class _DialectTaskParser(TaskParser):  # type: ignore[misc]
    """Multi-instances by `camunda:collection` and `camunda:elementVariable`."""

    task: Any

    def _add_multiinstance_task(self, loop_characteristics: etree._Element) -> None:
        element = self.process_parser.parser.catalogue[self.node.get("id")]
        sequential = loop_characteristics.get("isSequential") == "true"
        kind = specs.SequentialInstances if sequential else specs.ParallelInstances
        condition = loop_characteristics.findtext(f"{_B}completionCondition")
        original = self.spec.task_specs.pop(self.task.name)
        self.task = kind(
            self.spec,
            original.name,
            task_spec="",
            data_input=specs.Collection(),
            input_item=specs.Item(element.item_variable or "item"),
            condition=condition,
            description="Multi-instance",
        )
        self._copy_task_attrs(original, loop_characteristics)


class _ScriptTaskParser(_DialectTaskParser):
    """A script task, whose assignments the run looks up by its id."""

    def create_task(self) -> Any:  # noqa: ANN401
        return self.spec_class(self.spec, self.bpmn_id, script="", **self.bpmn_attributes)


def _dialect(parser: type) -> type:
    return type(f"Dialect{parser.__name__}", (_DialectEvents, _DialectTaskParser, parser), {})


class _DialectEvents:
    """Timers and messages of ours, instead of those that look at the wall clock."""

    node: etree._Element

    def parse_timer_event(self, event: etree._Element) -> Any:  # noqa: ANN401
        """Return our timer for a timer event definition."""
        element_id = self.node.get("id", "")
        name = self.node.get("name") or element_id
        if event.find(f"{_B}timeCycle") is not None:
            return specs.CycleTimer(name, element_id)
        return specs.Timer(name, element_id)

    def parse_message_event(self, event: etree._Element) -> Any:  # noqa: ANN401
        """Return our message for a message event definition."""
        element_id = self.node.get("id", "")
        parser = self.process_parser.parser  # type: ignore[attr-defined]
        del event
        return specs.Message(parser.catalogue[element_id].message, element_id)


class DialectParser(BpmnParser):  # type: ignore[misc]
    """SpiffWorkflow's parser with the dialect's tasks; knows the elements already read."""

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 (SpiffWorkflow's way to extend it)
        full_tag("startEvent"): (_dialect(StartEventParser), StartEvent),
        full_tag("endEvent"): (_dialect(EndEventParser), EndEvent),
        full_tag("userTask"): (_DialectTaskParser, UserTask),
        full_tag("manualTask"): (_DialectTaskParser, ManualTask),
        full_tag("task"): (_DialectTaskParser, NoneTask),
        full_tag("subProcess"): (_dialect(SubWorkflowParser), SubWorkflowTask),
        full_tag("callActivity"): (_dialect(CallActivityParser), CallActivity),
        full_tag("serviceTask"): (_DialectTaskParser, specs.PerformedTask),
        full_tag("businessRuleTask"): (_DialectTaskParser, specs.PerformedTask),
        full_tag("scriptTask"): (
            _ScriptTaskParser,
            specs.AssigningTask,
        ),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, ExclusiveGateway),
        full_tag("inclusiveGateway"): (ConditionalGatewayParser, InclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, ParallelGateway),
        full_tag("eventBasedGateway"): (_dialect(EventBasedGatewayParser), EventBasedGateway),
        full_tag("intermediateCatchEvent"): (
            _dialect(IntermediateCatchEventParser),
            IntermediateCatchEvent,
        ),
        full_tag("intermediateThrowEvent"): (
            _dialect(IntermediateThrowEventParser),
            IntermediateThrowEvent,
        ),
        full_tag("boundaryEvent"): (_dialect(BoundaryEventParser), BoundaryEvent),
        full_tag("receiveTask"): (_dialect(ReceiveTaskParser), ReceiveTask),
        full_tag("sendTask"): (_dialect(SendTaskParser), SendTask),
    }

    def __init__(self, catalogue: Mapping[str, Element]) -> None:
        super().__init__()
        self.catalogue = catalogue
