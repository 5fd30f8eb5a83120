"""What an instance waits for: user tasks, timers and messages, told from its tokens."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState

from engine import errors
from engine.definitions import periods, specs
from engine.definitions.elements import Element
from engine.runtime import state

DUE = "due"  # element id to the moment at which its timer is due, in a token's internal data
ROUND = "round"  # rounds of a cycle that have fired
LAST_ROUND = "last_round"  # set once a cycle has no further round
STOPPED = "stopped"  # elements whose timer a person has cancelled, in a token's internal data
KNOWN_AS = "known_as"  # element id to the one it had when its wait began, before a move


class OnlyTimer(errors.Conflict):
    """The process waits here for nothing but this timer, and would wait for ever."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One token that waits for one thing."""

    id: UUID
    token: Task
    element: Element


@dataclass(frozen=True, slots=True)
class Waits:
    """All that an instance waits for, by identifier."""

    tasks: Mapping[UUID, Wait] = field(default_factory=dict)
    timers: Mapping[UUID, Wait] = field(default_factory=dict)
    messages: Mapping[UUID, Wait] = field(default_factory=dict)


def timer_id(token: Task, element_id: str) -> UUID:
    """Return the identifier of a timer; each round of a cycle has its own."""
    return uuid5(token.id, f"{known_as(token, element_id)}:{token.internal_data.get(ROUND, 0)}")


def known_as(token: Task, element_id: str) -> str:
    """Return the id by which a wait of a token is known: that of the version it began in."""
    name: str = token.internal_data.get(KNOWN_AS, {}).get(element_id, element_id)
    return name


def due_of(wait: Wait) -> dt.datetime | None:
    """Return when a timer that waits is due."""
    text = wait.token.internal_data.get(DUE, {}).get(wait.element.id)
    return dt.datetime.fromisoformat(text) if text else None


def waits_of(workflow: BpmnWorkflow, elements: Mapping[str, Element]) -> Waits:
    """Return what the tokens of a workflow wait for."""
    tasks: dict[UUID, Wait] = {}
    timers: dict[UUID, Wait] = {}
    messages: dict[UUID, Wait] = {}
    for token in state.every_task(workflow):
        spec = token.task_spec
        if token.state == TaskState.READY and spec.manual:
            element = elements.get(spec.bpmn_id)
            if element is not None:
                tasks[token.id] = Wait(token.id, token, element)
        elif token.state == TaskState.WAITING and isinstance(spec, CatchingEvent):
            for definition in _definitions(spec.event_definition):
                _sort(token, definition, elements, timers, messages)
    return Waits(tasks, timers, messages)


def _definitions(definition: object) -> list[object]:
    if isinstance(definition, MultipleEventDefinition):
        return list(definition.event_definitions)
    return [definition]


def _sort(
    token: Task,
    definition: object,
    elements: Mapping[str, Element],
    timers: dict[UUID, Wait],
    messages: dict[UUID, Wait],
) -> None:
    if isinstance(definition, specs.Timer | specs.CycleTimer):
        element = elements[definition.element_id]
        if token.internal_data.get(LAST_ROUND) or element.id in stopped(token):
            return
        identifier = timer_id(token, element.id)
        timers[identifier] = Wait(identifier, token, element)
    elif isinstance(definition, specs.Message):
        element = elements[definition.element_id]
        identifier = uuid5(token.id, known_as(token, element.id))
        messages[identifier] = Wait(identifier, token, element)


def stopped(token: Task) -> list[str]:
    """Return the elements of a token's timers that a person has cancelled."""
    found: list[str] = token.internal_data.get(STOPPED, [])
    return found


def stop(wait: Wait) -> None:
    """Let a timer fire no more; a cycle has no further round.

    1. Beside an activity: the activity goes on without it.
    2. At an event-based gateway: one of the other events decides, so there must be another.
    3. A token that waits for the timer alone would be lost: refused.

    Raises:
        OnlyTimer: nothing else would move the token on.
    """
    token = wait.token
    if not isinstance(token.task_spec, BoundaryEvent):
        others = [
            each
            for each in _definitions(token.task_spec.event_definition)
            if getattr(each, "element_id", "") not in {wait.element.id, *stopped(token)}
        ]
        if not others:
            raise OnlyTimer(
                f"The process waits at “{wait.element.name}” for nothing but this timer. Let it "
                "fire now, give it another date, or move the process on to another step."
            )
    token.internal_data[STOPPED] = [*stopped(token), wait.element.id]


def count_round(wait: Wait, values: Sequence[object]) -> None:
    """Count a round of a cycle that has fired, and forget when it was due.

    Args:
        wait: The timer's.
        values: The parts of its definition, evaluated.
    """
    cycle = periods.cycle(list(values))
    rounds = int(wait.token.internal_data.get(ROUND, 0)) + 1
    wait.token.internal_data[ROUND] = rounds
    wait.token.internal_data[DUE] = {}
    if cycle and cycle.rounds is not None and rounds >= cycle.rounds:
        wait.token.internal_data[LAST_ROUND] = True
