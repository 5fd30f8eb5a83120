"""The token state of an instance without its specifications: compact, compressed, versioned.

A workflow is a list of rows, parents before children: identifier, index of the parent, state, name of
the specification, data, internal data, triggered. Subprocesses whose activity has ended are left out:
nothing can happen in them any more, and a long case would carry them for ever.
"""

import json
import zlib
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState

from engine import errors
from engine.definitions.cache import Bundle

VERSION: Final = 1
_TRANSIENT: Final = frozenset({"seen_events", "event_fired"})


class UnknownStateVersion(errors.Conflict):
    """The instance was saved by a newer version of ehcflow. Upgrade this one."""


def dump(workflow: BpmnWorkflow) -> bytes:
    """Return the token state."""
    document = {
        "top": _rows(workflow),
        "subs": {str(parent_id): _rows(sub) for parent_id, sub in _living_subprocesses(workflow)},
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), level=1)


def load(state: bytes, version: int, bundle: Bundle, engine: object) -> BpmnWorkflow:
    """Return the workflow with its tokens where they were.

    Raises:
        UnknownStateVersion: the state is of a version that is not known here.
    """
    if version != VERSION:
        raise UnknownStateVersion
    document = json.loads(zlib.decompress(state))
    workflow = BpmnWorkflow(
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


def every_task(workflow: BpmnWorkflow) -> Iterator[Task]:
    """Yield the tasks of the workflow and of its living subprocesses."""
    yield from workflow.tasks.values()
    for _, sub in _living_subprocesses(workflow):
        yield from sub.tasks.values()


def _living_subprocesses(workflow: BpmnWorkflow) -> Iterator[tuple[UUID, BpmnSubWorkflow]]:
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
    queue = [(workflow.task_tree, -1)]
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
        queue.extend((workflow.tasks[child], position) for child in task._children)  # noqa: SLF001
        position += 1
    return rows


def _restore(workflow: Any, rows: list[list[Any]], top: BpmnWorkflow) -> None:  # noqa: ANN401
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


def _restore_subprocess(top: BpmnWorkflow, task: Task, rows: list[list[Any]]) -> list[Task]:
    spec = top.subprocess_specs[task.task_spec.spec]
    sub = BpmnSubWorkflow(spec, task.id, top, deserializing=True)
    _restore(sub, rows, top)
    top.subprocesses[task.id] = sub
    sub.completed_event.connect(task.task_spec._on_subworkflow_completed, task)  # noqa: SLF001
    sub.completed = sub.task_tree is not None and all(
        each.has_state(TaskState.FINISHED_MASK) for each in sub.tasks.values()
    )
    return list(sub.tasks.values())
