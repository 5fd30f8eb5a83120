"""What would still save a case: for each action the chance to be late before it and after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from workflows.access.people import CASEWORK, PANEL
from workflows.forecast import forecast as forecasts
from workflows.forecast.forecast import Forecast, Knowledge
from workflows.forecast.queue import QUEUED
from workflows.forecast.situation import OpenTask, Situation
from workflows.forecast.work import Haste, Hastened

WORTH: Final = 0.05  # the least by which an action must lower the chance to be shown
MOST: Final = 3  # actions shown of a case
IN_DANGER: Final = 0.15  # a case with a smaller chance to be late needs no rescue


class Action(StrEnum):
    """What a manager can do for a case."""

    QUEUE_FIRST = "queue_first"
    CHASE = "chase"
    PANEL = "panel"
    PUT_FIRST = "put_first"


@dataclass(frozen=True, slots=True)
class Rescue:
    """An action, and what it would do.

    Attributes:
        step: What it is about, in words.
        task_id: The open task that it is about; None where that has not opened yet.
        after: The chance to be late once it is done.
    """

    action: Action
    step: str
    task_id: UUID | None
    after: float


@dataclass(frozen=True, slots=True)
class _Idea:
    action: Action
    step: str
    task_id: UUID | None
    hastened: Hastened


def rescues(situation: Situation, knowledge: Knowledge, found: Forecast) -> tuple[Rescue, ...]:
    """Return the actions that would lower the chance to be late, the best first."""
    if found.chance_late < IN_DANGER or situation.today > situation.limit.due:
        return ()
    tried = [
        Rescue(
            idea.action,
            idea.step,
            idea.task_id,
            forecasts.chance_late(situation, knowledge, idea.hastened),
        )
        for idea in _ideas(situation, knowledge, found)
    ]
    worth = [each for each in tried if found.chance_late - each.after >= WORTH]
    return tuple(sorted(worth, key=lambda each: (each.after, each.action, each.step))[:MOST])


def _ideas(situation: Situation, knowledge: Knowledge, found: Forecast) -> Iterator[_Idea]:
    late: list[OpenTask] = []
    for task in situation.tasks:
        key = (task.element, task.role)
        if task.role in QUEUED and task.taken is None:
            yield _Idea(
                Action.QUEUE_FIRST,
                task.label or task.element,
                task.id,
                Hastened({key: Haste.FIRST}),
            )
        elif task.role == CASEWORK:
            name = _name(situation, knowledge, task.element)
            step = f"{name}: {task.label}" if task.label else name
            yield _Idea(Action.PUT_FIRST, step, task.id, Hastened({key: Haste.QUICK}))
        elif task.role != PANEL and task.due is not None and task.due < situation.today:
            late.append(task)
    if late:
        steps = {(each.element, each.role): Haste.QUICK for each in late}
        names = ", ".join(each.label or _name(situation, knowledge, each.element) for each in late)
        yield _Idea(Action.CHASE, names, late[0].id, Hastened(steps))
    yield from _steps(situation, knowledge, {key for key, share in found.drivers if share >= WORTH})


def _steps(situation: Situation, knowledge: Knowledge, slow: set[str]) -> Iterator[_Idea]:
    """Yield what can be done for slow steps of the panel and of casework, open or still ahead."""
    graph = knowledge.prepared[situation.bundle_id].graph
    open_ = {each.element: each.id for each in situation.tasks}
    for element in graph.bundle.elements.values():
        role = element.role.literal
        if element.type != "userTask" or role not in {PANEL, CASEWORK} or element.name not in slow:
            continue
        key = (element.id, role)
        if role == PANEL:
            idea = Hastened({key: Haste.THIS_WEEK})
            yield _Idea(Action.PANEL, element.name, open_.get(element.id), idea)
        elif element.id not in open_:
            idea = Hastened({key: Haste.QUICK})
            yield _Idea(Action.PUT_FIRST, element.name, None, idea)


def _name(situation: Situation, knowledge: Knowledge, element: str) -> str:
    return knowledge.prepared[situation.bundle_id].graph.bundle.elements[element].name
