"""Tell what a move changed for people: tasks, timers and messages, before and after."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from engine import changes
from engine.definitions.elements import Element, Text
from engine.definitions.expressions import Expression
from engine.runtime import difference, waits
from engine.runtime.run import Run
from engine.runtime.waits import Wait


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
    """
    yield from difference.difference(before.waiting, after.waiting, after.runner, now, frozenset())
    for was, now_is in _both(before.waiting.tasks, after.waiting.tasks):
        yield from _task(was, now_is, before, after)
    for was, now_is in _both(before.waiting.timers, after.waiting.timers):
        yield from _timer(was, now_is, (before, after), set_at.get(was.id, now))
    for was, now_is in _both(before.waiting.messages, after.waiting.messages):
        yield from _message(was, now_is, before, after)


def _both(before: Mapping[UUID, Wait], after: Mapping[UUID, Wait]) -> Iterator[tuple[Wait, Wait]]:
    return ((wait, after[key]) for key, wait in before.items() if key in after)


def _task(was: Wait, now_is: Wait, before: Run, after: Run) -> Iterator[changes.Change]:
    old = difference.opened(was, before.runner)
    new = difference.opened(now_is, after.runner)
    asks_anew = _text(was.element.due) != _text(now_is.element.due)
    if dataclasses.replace(old, due_at=None) != dataclasses.replace(new, due_at=None) or (
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
    old, new = was.element, now_is.element
    duty = difference.duty_of(now_is, after.runner)
    said = (new.id, new.process_key, new.name, new.attached_to, new.interrupting, duty)
    if said != (
        *(old.id, old.process_key, old.name, old.attached_to, old.interrupting),
        difference.duty_of(was, before.runner),
    ):
        yield changes.TimerMoved(after.instance_id, now_is.id, *said)
    if timing(old) != timing(new):
        due = difference.due_at(now_is, after.runner, set_at)
        due_before = waits.due_of(was)
        if due != due_before:
            difference.remember(now_is, due)
            yield changes.TimerRescheduled(
                after.instance_id, now_is.id, new.id, due_before, due, "The diagram changed."
            )


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
