"""Tell what a move changed for people: tasks, timers and messages, before and after."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from engine import changes
from engine.definitions.elements import Element, Text
from engine.definitions.expressions import Expression
from engine.runtime import difference, waits
from engine.runtime.moving.blocked import Blocked
from engine.runtime.run import Run
from engine.runtime.waits import Wait

CHANGED: Final = "The diagram changed."
UNDONE: Final = "The move to another version was undone."


def told(
    before: Run, after: Run, set_at: Mapping[UUID, dt.datetime], now: dt.datetime
) -> Iterator[changes.Change]:
    """Yield what changed between an instance before its move and after it.

    A timer asks for its date again only where the diagram says it otherwise; a duration counts from
    when the timer was set.

    Args:
        before: As it was, on the old version.
        after: As it is, on the new one; the dates of its new timers are kept with it.
        set_at: When each timer was set.
        now: The moment of the move.

    Raises:
        Blocked: an open task would be lost.
    """
    if before.waiting.tasks.keys() != after.waiting.tasks.keys():
        raise Blocked("An open task would be lost.")
    yield from difference.difference(before.waiting, after.waiting, after.runner, now, frozenset())
    for was, now_is in _both(before.waiting.tasks, after.waiting.tasks):
        yield from _task(was, now_is, before, after)
    for was, now_is in _both(before.waiting.timers, after.waiting.timers):
        yield from _timer(was, now_is, (before, after), set_at.get(was.id, now))
    for was, now_is in _both(before.waiting.messages, after.waiting.messages):
        yield from _message(was, now_is, before, after)


def told_back(
    after: Run, before: Run, dates: Mapping[UUID, dt.datetime], now: dt.datetime
) -> list[changes.Change]:
    """Return what changes when a move is undone: everything is as it was.

    Args:
        after: As it is, on the version that it was moved to.
        before: As it was before the move.
        dates: The dates that its open tasks had.
        now: The moment of the undoing.
    """
    found: list[changes.Change] = []
    found.extend(_waits_back(after, before, now))
    for now_is, was in _both(after.waiting.tasks, before.waiting.tasks):
        found.extend(
            replace(each, due_at=dates.get(was.id), due_changed=was.id in dates)
            for each in _task(now_is, was, after, before)
        )
    for now_is, was in _both(after.waiting.timers, before.waiting.timers):
        found.extend(_timer_back(now_is, was, after, before))
    for now_is, was in _both(after.waiting.messages, before.waiting.messages):
        found.extend(_message(now_is, was, after, before))
    return found


def _waits_back(after: Run, before: Run, now: dt.datetime) -> Iterator[changes.Change]:
    """Yield what is waited for again, and what no more; timers that come back keep their dates."""
    yield from difference.difference(
        replace(after.waiting, timers={}),
        replace(before.waiting, timers={}),
        before.runner,
        now,
        frozenset(),
    )
    for key, wait in after.waiting.timers.items():
        if key not in before.waiting.timers:
            yield changes.TimerCancelled(before.instance_id, key, wait.element.id)
    for key, wait in before.waiting.timers.items():
        if key not in after.waiting.timers:
            yield changes.TimerWantedAgain(before.instance_id, key, wait.element.id)


def _both(before: Mapping[UUID, Wait], after: Mapping[UUID, Wait]) -> Iterator[tuple[Wait, Wait]]:
    return ((wait, after[key]) for key, wait in before.items() if key in after)


def _task(was: Wait, now_is: Wait, before: Run, after: Run) -> Iterator[changes.TaskMoved]:
    old = difference.opened(was, before.runner)
    new = difference.opened(now_is, after.runner)
    asks_anew = _text(was.element.due) != _text(now_is.element.due)
    if replace(old, due_at=None) != replace(new, due_at=None) or (
        asks_anew and old.due_at != new.due_at
    ):
        yield changes.TaskMoved(
            instance_id=new.instance_id,
            task_id=new.task_id,
            element_id=new.element_id,
            process_key=new.process_key,
            name=new.name,
            label=new.label,
            role=new.role,
            role_before=old.role,
            due_at=new.due_at,
            due_changed=asks_anew and old.due_at != new.due_at,
            form_key=new.form_key,
            duty=new.duty,
            properties=new.properties,
            item=new.item,
        )


def _timer(
    was: Wait, now_is: Wait, runs: tuple[Run, Run], set_at: dt.datetime
) -> Iterator[changes.Change]:
    before, after = runs
    yield from _drawn_otherwise(was, now_is, before, after)
    if timing(was.element) != timing(now_is.element):
        due, due_before = difference.due_at(now_is, after.runner, set_at), waits.due_of(was)
        if due != due_before:
            difference.remember(now_is, due)
            yield changes.TimerRescheduled(
                after.instance_id, now_is.id, now_is.element.id, due_before, due, CHANGED
            )


def _timer_back(now_is: Wait, was: Wait, after: Run, before: Run) -> Iterator[changes.Change]:
    yield from _drawn_otherwise(now_is, was, after, before)
    due, due_before = waits.due_of(now_is), waits.due_of(was)
    if due != due_before:
        yield changes.TimerRescheduled(
            before.instance_id, was.id, was.element.id, due, due_before, UNDONE
        )


def _drawn_otherwise(
    was: Wait, now_is: Wait, before: Run, after: Run
) -> Iterator[changes.TimerMoved]:
    old = _drawn(was.element), difference.duty_of(was, before.runner)
    new = _drawn(now_is.element), difference.duty_of(now_is, after.runner)
    if old != new:
        yield changes.TimerMoved(after.instance_id, now_is.id, *new[0], new[1])


def _drawn(each: Element) -> tuple[str, str, str, str, bool]:
    return each.id, each.process_key, each.name, each.attached_to, each.interrupting


def _message(was: Wait, now_is: Wait, before: Run, after: Run) -> Iterator[changes.Change]:
    old, new = difference.awaited(was, before.runner), difference.awaited(now_is, after.runner)
    if old != new:
        yield changes.MessageWaitMoved(
            after.instance_id,
            new.wait_id,
            new.element_id,
            new.process_key,
            new.message,
            new.correlation,
        )


def timing(element: Element) -> tuple[str, tuple[str, ...]]:
    """Return how a timer is timed, as it is written."""
    kind, parts = element.timer or ("", ())
    return kind, tuple(_written(each) for each in parts)


def _written(text: Text) -> str:
    return "".join(map(_written, text.parts)) or _text(text.expression) or text.literal


def _text(expression: Expression | None) -> str:
    return expression.text if expression else ""
