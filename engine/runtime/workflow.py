"""SpiffWorkflow's workflow, that does not look for steps where there are none.

Mend of SpiffWorkflow 3.2.0: after each step it walks the whole tree of tasks, once for every living
subprocess, though most of them have nothing to do. A case of the assessment has a dozen. Here a tree
is walked, in the same order as theirs, only where a step is ready. It can go when a profile of
`python -m bench simulation` no longer shows the walks.
"""

from collections.abc import Callable
from typing import Final

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState
from typing_extensions import override

_READY: Final = int(TaskState.READY)
Told = Callable[[Task], None]


class Workflow(BpmnWorkflow):  # type: ignore[misc]
    """A workflow with its subprocesses."""

    @override
    def _do_engine_steps(
        self, will_complete_task: Told | None = None, did_complete_task: Told | None = None
    ) -> bool:
        """Run what is ready, innermost first; tell whether there may be more."""
        before = self.get_active_subprocesses()
        for sub in sorted(before, key=lambda each: each.depth, reverse=True):
            while self._run_ready(sub, will_complete_task, did_complete_task):
                pass
            holder = self.get_task_from_id(sub.parent_task_id)
            holder.task_spec._update(holder)  # noqa: SLF001 (as SpiffWorkflow does)
        ran = self._run_ready(self, will_complete_task, did_complete_task)
        return ran or len(self.get_active_subprocesses()) > len(before)

    def _run_ready(
        self,
        workflow: "Workflow | BpmnSubWorkflow",
        will_complete_task: Told | None,
        did_complete_task: Told | None,
    ) -> bool:
        ran = False
        for task in self._ready(workflow):
            if task.task_spec.manual:
                continue
            if will_complete_task is not None:
                will_complete_task(task)
            task.run()
            if did_complete_task is not None:
                did_complete_task(task)
            ran = True
        return ran

    def _ready(self, workflow: "Workflow | BpmnSubWorkflow") -> list[Task]:
        """Return what is ready in a tree and in the subprocesses within it, in their order."""
        here = _ready_in(workflow)
        elsewhere = any(
            _ready_in(each) for each in self.get_active_subprocesses() if each is not workflow
        )
        if len(here) <= 1 and not elsewhere:
            return here
        found: list[Task] = workflow.get_tasks(state=TaskState.READY)
        return found


def _ready_in(workflow: "Workflow | BpmnSubWorkflow") -> list[Task]:
    return [
        task
        for task in workflow.tasks.values()
        if task._state == _READY and not task.task_spec.manual  # noqa: SLF001 (its property costs)
    ]
