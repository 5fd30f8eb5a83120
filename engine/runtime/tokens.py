"""Where the tokens of an instance are, and how a person puts one elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import (
    BoundaryEvent,
    EventBasedGateway,
)
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.task import Task, TaskState

from engine import changes, errors
from engine.definitions import specs, wrapping
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from engine.runtime import state
from engine.runtime.runner import Runner
from engine.runtime.workflow import Workflow

CHILD: Final = " [child]"  # what the parser adds to an activity that is done for each of a list
SPLIT: Final = ".BoundaryEventSplit"
JOIN: Final = ".BoundaryEventJoin"
ACTIVE: Final = TaskState.READY | TaskState.WAITING | TaskState.STARTED | TaskState.ERROR
_MANY: Final = (specs.ParallelInstances, specs.SequentialInstances)
_NEVER: Final[Mapping[str, str]] = {
    "startEvent": "is where the process begins. To begin again, restart the process",
    "boundaryEvent": "happens beside another step. Move to the step that follows it",
}


class CannotMove(errors.Invalid):
    """The process cannot be moved there."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and the element that it is at; `task` is the engine's own."""

    id: UUID
    element: Element
    task: Task

    @property
    def scope(self) -> str:
        """The process or subprocess that the element is drawn in."""
        name: str = self.task.workflow.spec.name
        return name.removesuffix(wrapping.BODY)

    @property
    def is_one_of_many(self) -> bool:
        """The token does an activity for one of a list."""
        name: str = self.task.task_spec.name
        return name.endswith(CHILD)

    @property
    def waits_at_join(self) -> bool:
        """The token has arrived, and waits there for others."""
        return isinstance(self.task.task_spec, UnstructuredJoin)


@dataclass(frozen=True, slots=True)
class Standing:
    """A token for the check: its node; and the node it came from, where it waits at a join."""

    node: str
    source: str = ""


def marking(
    workflow: Workflow, elements: Mapping[str, Element], done: Mapping[str, list[str]]
) -> dict[str, dict[str, object]]:
    """Return process key to its elements that are `done`, and the `active` ones with how often."""
    found: dict[str, dict[str, object]] = {
        key: {"done": ended, "active": {}} for key, ended in done.items()
    }
    for token in tokens_of(workflow, elements):
        if isinstance(token.task.task_spec, _MANY):
            continue
        entry = found.setdefault(token.element.process_key, {"done": [], "active": {}})
        active: dict[str, int] = entry["active"]  # type: ignore[assignment]
        active[token.element.id] = active.get(token.element.id, 0) + 1
    return found


def tokens_of(workflow: Workflow, elements: Mapping[str, Element]) -> list[Token]:
    """Return the tokens, those that stand for an activity and those within it."""
    return [
        Token(task.id, element, task)
        for task in state.every_task(workflow)
        if task.has_state(ACTIVE)
        and not isinstance(task.task_spec, BoundaryEvent)
        and (element := elements.get(getattr(task.task_spec, "bpmn_id", None) or "")) is not None
    ]


def moved(runner: Runner, token: Token, element_id: str, reason: str) -> changes.TokenMoved:
    """Return what to tell of a move.

    Raises:
        CannotMove: the token cannot be there.
    """
    element, goal = token.element, target(runner.bundle, token, element_id)
    return changes.TokenMoved(
        runner.instance_id, element.id, element.name, goal.id, goal.name, reason
    )


def target(bundle: Bundle, token: Token, element_id: str) -> Element:
    """Return the element that a token is to be put at.

    Raises:
        CannotMove: why it cannot be there.
    """
    element = bundle.elements.get(element_id)
    if element is None:
        raise no("to", f"The process has no step “{element_id[:60]}”.")
    _refuse_source(token)
    if element.id == token.element.id:
        raise no("to", f"The process is at “{element.name}” already.")
    if element.type in _NEVER:
        raise no("to", f"“{element.name}” {_NEVER[element.type]}.")
    spec = token.task.workflow.spec.task_specs.get(element_id)
    if spec is None:
        raise no(
            "to",
            f"“{element.name}” is drawn within another process or subprocess than "
            f"“{token.element.name}”. Only steps beside each other can be exchanged.",
        )
    if isinstance(spec, UnstructuredJoin) and len(spec.inputs) > 1:
        raise no(
            "to",
            f"“{element.name}” waits for several parts of the process to come together. "
            "Choose a step before or after it.",
        )
    if any(isinstance(each, EventBasedGateway) for each in spec.inputs):
        raise no("to", f"“{element.name}” is waited for with other events. Choose their gateway.")
    return element


def _refuse_source(token: Token) -> None:
    if token.is_one_of_many:
        raise no(
            "from",
            f"“{token.element.name}” is done for each of a list. Only all of it can be moved.",
        )
    if token.waits_at_join:
        raise no(
            "from",
            f"This part of the process waits at “{token.element.name}” for the others. "
            "Move one of those.",
        )


def take_away(token: Token) -> Task:
    """End what waits at a token, without anything that would follow; return what it came from.

    Branches that a boundary event has begun beside it go on.
    """
    task = token.task
    above = task.parent
    if isinstance(above.task_spec, BoundaryEventSplit):
        for beside in list(above.children):
            if isinstance(beside.task_spec, BoundaryEvent) and beside.state == TaskState.WAITING:
                _end(beside)
        _drop_joins(above)
        above = above.parent
    _end(task)
    return above


def _end(task: Task) -> None:
    task.cancel()
    task._set_state(TaskState.CANCELLED)  # noqa: SLF001 (a failed one is finished already)
    task._drop_children(force=True)  # noqa: SLF001


def _drop_joins(split: Task) -> None:
    """Drop what would go on behind the activity, once all that is beside it has ended."""
    name = split.task_spec.name.removesuffix(SPLIT) + JOIN
    for each in list(split):
        waits = each.id in split.workflow.tasks and not each.has_state(TaskState.FINISHED_MASK)
        if waits and isinstance(each.task_spec, BoundaryEventJoin) and each.task_spec.name == name:
            split.workflow._remove_task(each.id)  # noqa: SLF001


def enter(holder: Task, element_id: str) -> None:
    """Enter an element as if a flow had led to it from what `holder` has done."""
    names = holder.workflow.spec.task_specs
    spec = names.get(element_id + SPLIT) or names[element_id]
    made = holder._add_child(spec, TaskState.FUTURE)  # noqa: SLF001
    made.triggered = True
    spec._predict(made, mask=TaskState.PREDICTED_MASK | TaskState.FUTURE)  # noqa: SLF001
    spec._update(made)  # noqa: SLF001


def standing(token: Token, *, moved_to: str = "") -> tuple[list[Standing], list[Standing]]:
    """Return where the tokens beside a token stand, and where they would after its move."""
    before, after = [], []
    for task in token.task.workflow.tasks.values():
        spec = task.task_spec
        name = getattr(spec, "bpmn_id", None)
        if not name or isinstance(spec, BoundaryEvent) or spec.name.endswith(CHILD):
            continue
        if isinstance(spec, UnstructuredJoin) and len(spec.inputs) > 1:
            found = _arrived(task)
        else:
            found = [Standing(name)] if task.has_state(ACTIVE) else []
        before += found
        after += [Standing(moved_to)] if task.id == token.id else found
    return before, after


def _arrived(task: Task) -> list[Standing]:
    """Return a token that waits at a join, with those that came there before it."""
    if task.state != TaskState.WAITING:
        return []
    alike = [each for each in task.workflow.tasks.values() if each.task_spec is task.task_spec]
    rounds = [each for each in alike if each.state == TaskState.COMPLETED]
    came = [
        each
        for each in alike
        if each.id == task.id
        or (
            each.state == TaskState.CANCELLED
            and (not rounds or any(each.is_descendant_of(one) for one in rounds))
        )
    ]
    name: str = task.task_spec.bpmn_id
    return [
        Standing(name, each.parent.task_spec.name.removesuffix(JOIN))
        for each in came
        if each.parent is not None and each.parent.state == TaskState.COMPLETED
    ]


def no(field: str, sentence: str) -> CannotMove:
    """Return the refusal of a field of the form."""
    return CannotMove(sentence, errors={field: (sentence,)})
