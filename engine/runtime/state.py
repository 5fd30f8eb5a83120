"""The token state of an instance without its specifications: compact, compressed, versioned.

A workflow is a list of rows, parents before children: identifier, index of the parent, state, name of
the specification, data, internal data, triggered. What lies behind is left out: subprocesses whose
activity has ended, and the steps before the last one that all living tokens come from. Nothing can
happen there any more, a long case would carry it for ever, and SpiffWorkflow does not look deeper
than a thousand steps.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.inclusive_gateway import InclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task, TaskState

from engine import errors
from engine.definitions.cache import Bundle
from engine.runtime.workflow import Workflow

VERSION: Final = 1
_LIVING: Final = TaskState.NOT_FINISHED_MASK | TaskState.ERROR  # a failed step can be tried again
_AHEAD: Final = TaskState.PREDICTED_MASK | TaskState.FUTURE
_TRANSIENT: Final = frozenset({"seen_events", "event_fired"})


class UnknownStateVersion(errors.Conflict):
    """The instance was saved by a newer version of ehcflow. Upgrade this one."""


def dump(workflow: Workflow) -> bytes:
    """Return the token state."""
    return pack(_document(workflow))


def pack(document: Mapping[str, Any]) -> bytes:
    """Return the token state of the rows of a workflow (`top`) and of its subprocesses (`subs`)."""
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), level=1)


def unpack(state: bytes, version: int) -> dict[str, Any]:
    """Return the rows of a token state: `top`, and `subs` by the identifier of their activity.

    Raises:
        UnknownStateVersion: the state is of a version that is not known here.
    """
    if version != VERSION:
        raise UnknownStateVersion
    document: dict[str, Any] = json.loads(zlib.decompress(state))
    return document


def load(state: bytes, version: int, bundle: Bundle, engine: object) -> Workflow:
    """Return the workflow with its tokens where they were.

    Raises:
        UnknownStateVersion: the state is of a version that is not known here.
    """
    return _restored(unpack(state, version), bundle, engine)


def without_past(workflow: Workflow, bundle: Bundle, engine: object) -> Workflow:
    """Return the workflow without what lies behind, as if it had been saved and loaded."""
    return _restored(_document(workflow), bundle, engine)


def _document(workflow: Workflow) -> dict[str, Any]:
    return {
        "top": _rows(workflow),
        "subs": {str(parent_id): _rows(sub) for parent_id, sub in _living_subprocesses(workflow)},
    }


def _restored(document: Mapping[str, Any], bundle: Bundle, engine: object) -> Workflow:
    workflow = Workflow(
        bundle.spec, bundle.subprocess_specs, script_engine=engine, deserializing=True
    )
    _restore(workflow, document["top"], workflow)
    waiting = list(workflow.tasks.values())
    while waiting:
        task = waiting.pop()
        rows = document["subs"].get(str(task.id))
        if rows is not None and isinstance(task.task_spec, SubWorkflowTask):
            waiting.extend(_restore_subprocess(workflow, task, rows))
    return workflow


def every_task(workflow: Workflow) -> Iterator[Task]:
    """Yield the tasks of the workflow and of its living subprocesses."""
    yield from workflow.tasks.values()
    for _, sub in _living_subprocesses(workflow):
        yield from sub.tasks.values()


def predict(workflow: Workflow) -> None:
    """Add to a loaded workflow what lies ahead of its tokens, as its specification now has it."""
    for task in list(every_task(workflow)):
        if not task.has_state(_LIVING) or task.has_state(_AHEAD):
            continue
        failed = task.state == TaskState.ERROR
        if failed:  # what lies ahead of a failed step is that of one not done yet
            task._set_state(TaskState.READY)  # noqa: SLF001
        if isinstance(task.task_spec, BoundaryEvent):
            task._set_state(TaskState.MAYBE)  # noqa: SLF001
            task.task_spec._predict_hook(task)  # noqa: SLF001
            task._set_state(TaskState.WAITING)  # noqa: SLF001
        else:
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)  # noqa: SLF001
        if failed:
            task._set_state(TaskState.ERROR)  # noqa: SLF001


def wake_joins(workflow: Workflow) -> bool:
    """Make joins ready that wait for nobody any more; tell whether there are such."""
    gateways = ParallelGateway | InclusiveGateway
    joins = [
        each
        for each in every_task(workflow)
        if each.state == TaskState.WAITING and isinstance(each.task_spec, gateways)
    ]
    for token in joins:
        token.task_spec._update(token)  # noqa: SLF001
    return any(each.state == TaskState.READY for each in joins)


def _living_subprocesses(workflow: Workflow) -> Iterator[tuple[UUID, BpmnSubWorkflow]]:
    """Yield the subprocesses whose activity, and all around it, has not ended; outer ones first."""
    holders: list[Any] = [workflow]
    while holders:
        for task in holders.pop().tasks.values():
            sub = workflow.subprocesses.get(task.id)
            if sub is not None and not task.has_state(TaskState.FINISHED_MASK):
                holders.append(sub)
                yield task.id, sub


def _rows(workflow: Any) -> list[list[Any]]:  # noqa: ANN401
    rows: list[list[Any]] = []
    root, origin = workflow.task_tree, _origin(workflow)
    queue = [(root, -1)] if origin is root else [(root, -1), (origin, 0)]
    position = 0
    while position < len(queue):
        task, parent = queue[position]
        internal = {
            key: value for key, value in task.internal_data.items() if key not in _TRANSIENT
        }
        rows.append(
            [
                task.id.hex,
                parent,
                task.state,
                task.task_spec.name,
                task.data or 0,
                internal or 0,
                int(task.triggered),
            ]
        )
        if task is not root or origin is root:
            queue.extend((child, position) for child in task.children)
        position += 1
    return rows


def _origin(workflow: Any) -> Task:  # noqa: ANN401
    """Return the last finished task that all living ones come from."""
    living = [each for each in workflow.tasks.values() if each.has_state(_LIVING)]
    # A branch that has ended waits for the others at the end; each of them will come there itself.
    going = [each for each in living if not isinstance(each.task_spec, _EndJoin)] or living
    ways: set[UUID] = set()
    for each in going:
        task: Task | None = each
        while task is not None and task.id not in ways:
            ways.add(task.id)
            task = task.parent
    origin: Task = workflow.task_tree
    while True:
        onward = [child for child in origin.children if child.id in ways]
        if len(onward) != 1 or onward[0].has_state(_LIVING):
            return origin
        origin = onward[0]


def _restore(workflow: Any, rows: list[list[Any]], top: Workflow) -> None:  # noqa: ANN401
    tasks: list[Task] = []
    names = workflow.spec.task_specs
    for identifier, parent, state, name, data, internal, triggered in rows:
        holder = tasks[parent] if parent >= 0 else None
        task = Task(workflow, names[name], holder, state=state, id=UUID(identifier))
        task.triggered = bool(triggered)
        task.data = data or {}
        task.internal_data = internal or {}
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            top.event_manager.add_task(task)
        tasks.append(task)
    workflow.task_tree = tasks[0]
    workflow.last_task = tasks[0]


def _restore_subprocess(top: Workflow, task: Task, rows: list[list[Any]]) -> list[Task]:
    spec = top.subprocess_specs[task.task_spec.spec]
    sub = BpmnSubWorkflow(spec, task.id, top, deserializing=True)
    _restore(sub, rows, top)
    top.subprocesses[task.id] = sub
    sub.completed_event.connect(task.task_spec._on_subworkflow_completed, task)  # noqa: SLF001
    sub.completed = sub.task_tree is not None and all(
        each.has_state(TaskState.FINISHED_MASK) for each in sub.tasks.values()
    )
    return list(sub.tasks.values())
