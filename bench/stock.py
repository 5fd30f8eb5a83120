"""The reference: an instance of ours in SpiffWorkflow's own serialisation, without a database."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

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

from engine import changes, ports
from engine.definitions import specs
from engine.definitions.cache import Bundle
from engine.runtime import state
from engine.runtime.runner import Runner


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


CONFIG = DEFAULT_CONFIG | {
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


class Nobody:
    """A domain that does nothing: the reference only moves tokens."""

    def functions(self) -> dict[str, Any]:
        """Answer null to everything."""
        names = ("due", "due_for", "halfway", "before", "after", "working_days_after", "today")
        return dict.fromkeys((*names, "fact", "fact_outcome"), lambda *_: None)

    def element_completed(self, change: changes.ElementCompleted) -> Sequence[changes.Change]:
        """Take no note."""
        del change
        return ()

    def call(self, call: ports.ServiceCall) -> ports.ServiceResult:
        """Perform nothing."""
        del call
        return ports.ServiceResult()

    def dates_moved(self) -> bool:
        """Have no dates."""
        return False


class Reference:
    """One instance at one moment, as stock SpiffWorkflow would keep it."""

    def __init__(self, bundle: Bundle, row: Any, task_id: UUID) -> None:  # noqa: ANN401
        """Take an instance's row as it is stored, and the task that is completed next."""
        self._runner = Runner(bundle, row.id, row.subject_id, row.variables, Nobody())
        self._task_id = task_id
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CONFIG))
        workflow = state.load(row.state, row.state_version, bundle, self._runner)
        for task in state.every_task(workflow):
            task.data = {**task.data, **row.variables}  # stock keeps what was answered in its tasks
        self._kept = self._serializer.serialize_json(workflow)

    def complete(self, values: Mapping[str, changes.JsonValue]) -> str:
        """Read the instance, complete the task, run on, and write the instance."""
        workflow = self._serializer.deserialize_json(self._kept)
        workflow.script_engine = self._runner
        self._runner.variables.update(values)
        task = workflow.get_task_from_id(self._task_id)
        task.set_data(**values)
        task.run()
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))
