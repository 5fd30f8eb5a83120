"""Our kinds of BPMN task and event: they ask the run to act, and never look at a clock.

SpiffWorkflow moves the tokens; what a step does is asked of the workflow's script engine, which is
always a `Runner`.
"""

from typing import Any, Protocol

from SpiffWorkflow.bpmn.specs.defaults import (
    ParallelMultiInstanceTask,
    ScriptTask,
    SequentialMultiInstanceTask,
    ServiceTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    TimerEventDefinition,
)
from SpiffWorkflow.task import Task, TaskState
from typing_extensions import override

ITEM = "__item__"  # marks the data of a token within a multi-instance; names the item's variable
FIRED = "fired"  # elements of timers that a command has fired at this token


class Runner(Protocol):
    """What tasks ask of the run."""

    def perform(self, task: Task) -> bool:
        """Carry out a service, decision or script task; False where it failed."""
        ...

    def collection(self, task: Task) -> list[Any]:
        """Return the items of a multi-instance."""
        ...

    def send(self, task: Task, message: str) -> None:
        """Send a message."""
        ...


class PerformedTask(ServiceTask):  # type: ignore[misc]
    """A service or business rule task."""

    def _execute(self, task: Task) -> bool:
        return bool(task.workflow.script_engine.perform(task))


class AssigningTask(ScriptTask):  # type: ignore[misc]
    """A script task: a list of assignments."""

    def _execute(self, task: Task) -> bool:
        return bool(task.workflow.script_engine.perform(task))


class Timer(TimerEventDefinition):  # type: ignore[misc]
    """A date or duration: fired when a command said so."""

    def __init__(self, name: str, element_id: str) -> None:
        super().__init__(name, expression="")
        self.element_id = element_id

    def has_fired(self, my_task: Task) -> bool:
        """Tell whether a command fired this timer at this token."""
        return self.element_id in my_task.internal_data.get(FIRED, ())

    def reset(self, my_task: Task) -> None:
        """Forget the firing, once the token has moved on."""
        my_task.internal_data.pop(FIRED, None)

    @override
    def __eq__(self, other: object) -> bool:
        """Two timers are one when they are the same element."""
        return isinstance(other, Timer) and other.element_id == self.element_id

    @override
    def __hash__(self) -> int:
        """Hash by element."""
        return hash(self.element_id)


class CycleTimer(CycleTimerEventDefinition):  # type: ignore[misc]
    """A cycle: each firing by a command starts one more branch; the last lets the timer end."""

    def __init__(self, name: str, element_id: str) -> None:
        super().__init__(name, expression="")
        self.element_id = element_id

    def has_fired(self, my_task: Task) -> bool:
        """Tell whether all rounds are over."""
        return bool(my_task.internal_data.get("rounds_over", False))

    def cycle_complete(self, my_task: Task) -> bool:
        """Tell whether a command fired a round, and take note that its branch starts."""
        fired = self.element_id in my_task.internal_data.get(FIRED, ())
        my_task.internal_data.pop(FIRED, None)
        return fired

    def reset(self, my_task: Task) -> None:
        """Keep the rounds: a branch that starts is not the timer's end."""


class Message(MessageEventDefinition):  # type: ignore[misc]
    """A message; which token it is for was settled before it reaches this one."""

    def __init__(self, name: str, element_id: str) -> None:
        super().__init__(name)
        self.element_id = element_id

    def catch(self, my_task: Task, event: object = None) -> None:
        """Take note that it came; its payload was stored by the run."""
        del event
        my_task.internal_data["event_fired"] = True

    def update_task_data(self, my_task: Task) -> None:
        """Leave the token's data alone: the payload is in the instance's variables."""

    def throw(self, my_task: Task) -> None:
        """Hand the message to the run."""
        my_task.workflow.script_engine.send(my_task, self.name)

    @override
    def __eq__(self, other: object) -> bool:
        """Two are one when they are the same element."""
        return isinstance(other, Message) and other.element_id == self.element_id

    @override
    def __hash__(self) -> int:
        """Hash by element."""
        return hash(self.element_id)


class Collection:
    """The items of a multi-instance, by its expression."""

    bpmn_id = "collection"

    def get(self, task: Task) -> list[Any]:
        """Return the items."""
        items: list[Any] = task.workflow.script_engine.collection(task)
        return items

    def exists(self, task: Task) -> bool:
        """Tell that there is a collection: an empty one counts."""
        del task
        return True


class Item:
    """The variable of one instance's item, in the data of its token."""

    def __init__(self, name: str) -> None:
        self.bpmn_id = name

    def set(self, task: Task, value: object) -> None:
        """Give the token its item, and mark it as within a multi-instance."""
        task.data[self.bpmn_id] = value
        task.data[ITEM] = self.bpmn_id

    def exists(self, task: Task) -> bool:
        """Tell that the name is free: an outer item of the same name is hidden within."""
        del task
        return False


class ParallelInstances(ParallelMultiInstanceTask):  # type: ignore[misc]
    """Parallel instances, none of which leaves its own data behind."""

    def merge_child(self, workflow: object, child: Task) -> None:
        """Count the instance as done without taking its data."""
        del workflow
        whole = child.parent
        whole.internal_data["merged"].append(str(child.id))
        if self.check_completion_condition(whole):
            for each in self._instances(whole):
                each.cancel()
            whole._set_state(TaskState.READY)  # noqa: SLF001 (as SpiffWorkflow's own does)
        elif self.children_complete(whole):
            whole._set_state(TaskState.READY)  # noqa: SLF001


class SequentialInstances(SequentialMultiInstanceTask):  # type: ignore[misc]
    """Sequential instances, none of which leaves its own data behind."""

    def merge_child(self, workflow: object, child: Task) -> None:
        """Count the instance as done without taking its data, and start the next."""
        del workflow
        whole = child.parent
        whole.internal_data["merged"].append(str(child.id))
        if self.children_complete(whole) or self.check_completion_condition(whole):
            whole._set_state(TaskState.READY)  # noqa: SLF001 (as SpiffWorkflow's own does)
        else:
            self.add_next_child(whole)
