"""The reference: the same case, kept as stock SpiffWorkflow keeps it, without a database.

It goes through the case beside ours and never forgets a step: its whole tree of tasks, each with its
data, and its specifications are read and written as JSON at each completion. What services and
decisions answer is given to it; it only moves tokens.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.event_definition import (
    MessageEventDefinitionConverter,
    TimerConditionalEventDefinitionConverter,
)
from SpiffWorkflow.bpmn.serializer.default.task_spec import (
    BpmnTaskSpecConverter,
    MultiInstanceTaskConverter,
    ScriptTaskConverter,
)
from SpiffWorkflow.bpmn.serializer.helpers import BpmnConverter
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState

from engine import changes
from engine.definitions import specs
from engine.definitions.cache import Bundle
from engine.executor import Outcome
from workflows.context import SIGNATURES


class _TimerConverter(TimerConditionalEventDefinitionConverter):  # type: ignore[misc]
    def to_dict(self, timer: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"name": timer.name, "element_id": timer.element_id}


class _MessageConverter(MessageEventDefinitionConverter):  # type: ignore[misc]
    def to_dict(self, message: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"name": message.name, "element_id": message.element_id}

    def from_dict(self, dct: dict[str, Any]) -> Any:  # noqa: ANN401
        return self.target_class(**dct)


class _CollectionConverter(BpmnConverter):  # type: ignore[misc]
    def to_dict(self, collection: object) -> dict[str, Any]:
        del collection
        return {}

    def from_dict(self, dct: dict[str, Any]) -> specs.Collection:
        del dct
        return specs.Collection()


class _ItemConverter(BpmnConverter):  # type: ignore[misc]
    def to_dict(self, item: specs.Item) -> dict[str, Any]:
        return {"name": item.bpmn_id}

    def from_dict(self, dct: dict[str, Any]) -> specs.Item:
        return specs.Item(dct["name"])


CONFIG: Final = DEFAULT_CONFIG | {
    specs.PerformedTask: BpmnTaskSpecConverter,
    specs.AssigningTask: ScriptTaskConverter,
    specs.ParallelInstances: MultiInstanceTaskConverter,
    specs.SequentialInstances: MultiInstanceTaskConverter,
    specs.Timer: _TimerConverter,
    specs.CycleTimer: _TimerConverter,
    specs.Message: _MessageConverter,
    specs.Collection: _CollectionConverter,
    specs.Item: _ItemConverter,
}
NO_DATES: Final = dict.fromkeys((each.name for each in SIGNATURES), lambda *_: None)


class Answers:
    """A script engine for which services and decisions have answered already."""

    def __init__(self, bundle: Bundle) -> None:
        """Know nothing yet."""
        self._bundle = bundle
        self._known: dict[str, changes.Values] = {}

    def learn(self, answers: Mapping[str, changes.Values]) -> None:
        """Take what elements answered in our step."""
        self._known |= answers

    def evaluate(self, task: Task, text: str, external_context: object = None) -> object:
        """Return the value of a condition."""
        del external_context
        value: object = self._bundle.conditions[text].evaluate(task.data, NO_DATES)
        return value

    def perform(self, task: Task) -> bool:
        """Give a service its answer."""
        task.data.update(self._known.get(task.task_spec.bpmn_id, {}))
        return True

    def collection(self, task: Task) -> list[Any]:
        """Return the items of a multi-instance."""
        expression = self._bundle.elements[task.task_spec.bpmn_id].collection
        return list(expression.evaluate(task.data, NO_DATES)) if expression else []

    def send(self, task: Task, message: str) -> None:
        """Send nothing."""


class Reference:
    """One case as stock SpiffWorkflow would keep it, from its start."""

    def __init__(
        self, bundle: Bundle, values: changes.Values, answers: Mapping[str, changes.Values]
    ) -> None:
        """Start the process with the values that ours was started with."""
        self._answers = Answers(bundle)
        self._answers.learn(answers)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CONFIG))
        workflow = BpmnWorkflow(bundle.spec, bundle.subprocess_specs, script_engine=self._answers)
        workflow.task_tree.set_data(**values)
        workflow.do_engine_steps()
        self._kept = self._serializer.serialize_json(workflow)

    def learn(self, outcome: Outcome) -> None:
        """Take what services answered in our step."""
        completed = outcome.of(changes.ElementCompleted)
        self._answers.learn({each.element_id: each.values for each in completed})

    def complete(self, element: str, item: object, values: Mapping[str, Any]) -> None:
        """Read the case, complete a task, run on, and write the case."""
        workflow = self._serializer.deserialize_json(self._kept)
        workflow.script_engine = self._answers
        task = next(each for each in _ready(workflow, element) if _item(each) == item)
        task.set_data(**values)
        task.run()
        workflow.do_engine_steps()
        self._kept = self._serializer.serialize_json(workflow)

    def migrate(self, new: Bundle) -> None:
        """Read the case, move it to another version, and write it."""
        workflow = self._serializer.deserialize_json(self._kept)
        workflow.script_engine = self._answers
        specs_within = dict(new.subprocess_specs)
        top, within = diff_workflow(self._serializer.registry, workflow, new.spec, specs_within)
        migrate_workflow(top, workflow, new.spec)
        for identifier, sub in list(workflow.subprocesses.items()):
            migrate_workflow(within[identifier], sub, specs_within[sub.spec.name])
        workflow.subprocess_specs = specs_within
        self._kept = self._serializer.serialize_json(workflow)

    def waiting(self) -> Counter[str]:
        """Return the user tasks that wait, by element: the same as ours, or nothing is compared."""
        workflow = self._serializer.deserialize_json(self._kept)
        return Counter(each.task_spec.bpmn_id for each in _ready(workflow))


def _ready(workflow: BpmnWorkflow, element: str = "") -> list[Task]:
    waiting = workflow.get_tasks(state=TaskState.READY, manual=True)
    return [each for each in waiting if element in {"", each.task_spec.bpmn_id}]


def _item(task: Task) -> object:
    return task.data.get(task.data.get(specs.ITEM, ""))
