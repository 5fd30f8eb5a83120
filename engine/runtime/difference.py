"""Tell what a run changed: what an instance waits for now, and did not before, and the reverse."""

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from engine import changes
from engine.definitions import periods
from engine.runtime import waits
from engine.runtime.runner import Runner
from engine.runtime.waits import Wait, Waits


def difference(
    before: Waits, after: Waits, runner: Runner, now: dt.datetime, settled: frozenset[UUID]
) -> Iterator[changes.Change]:
    """Yield the changes between two sets of waits.

    Args:
        before: What the instance waited for.
        after: What it waits for now.
        runner: Evaluates what opens; its instance is meant.
        now: The moment of the run.
        settled: Identifiers whose end has been told already (completed, fired, delivered).
    """
    yield from _ended(before, after, runner.instance_id, settled)
    for wait in _new(before.tasks, after.tasks):
        yield opened(wait, runner)
    for wait in _new(before.timers, after.timers):
        yield _set(wait, runner, now)
    for wait in _new(before.messages, after.messages):
        yield awaited(wait, runner)


def _ended(
    before: Waits, after: Waits, instance: UUID, settled: frozenset[UUID]
) -> Iterator[changes.Change]:
    for wait in _missing(before.tasks, after.tasks, settled):
        yield changes.TaskCancelled(instance, wait.id, wait.element.id)
    for wait in _missing(before.timers, after.timers, settled):
        yield changes.TimerCancelled(instance, wait.id, wait.element.id)
    for wait in _missing(before.messages, after.messages, settled):
        yield changes.MessageWaitCancelled(instance, wait.id, wait.element.id)


def _new(before: Mapping[UUID, Wait], after: Mapping[UUID, Wait]) -> Iterator[Wait]:
    return (wait for identifier, wait in after.items() if identifier not in before)


def due_at(wait: Wait, runner: Runner, now: dt.datetime) -> dt.datetime | None:
    """Return when a timer is due, by its expression; None while that has no date."""
    kind, parts = wait.element.timer or ("timeDate", ())
    values = [
        part.literal if part.expression is None else runner.value(part.expression, wait.token)
        for part in parts
    ]
    if kind == "timeDate":
        return periods.moment_of(values[0])
    if kind == "timeDuration":
        return None if values[0] is None else periods.later(now, periods.duration(str(values[0])))
    cycle = periods.cycle(list(values))
    if cycle is None:
        return None
    rounds = int(wait.token.internal_data.get(waits.ROUND, 0))
    if cycle.start is not None:
        return periods.later(cycle.start, cycle.period * rounds)
    base = wait.token.internal_data.setdefault("cycle_from", now.isoformat())
    return periods.later(dt.datetime.fromisoformat(base), cycle.period * (rounds + 1))


def remember(wait: Wait, due: dt.datetime | None) -> None:
    """Keep a timer's date with its token."""
    dates = wait.token.internal_data.setdefault(waits.DUE, {})
    dates[wait.element.id] = due.isoformat() if due else None


def _missing(
    before: Mapping[UUID, Wait], after: Mapping[UUID, Wait], settled: frozenset[UUID]
) -> Iterator[Wait]:
    for identifier, wait in before.items():
        if identifier not in after and identifier not in settled:
            yield wait


def opened(wait: Wait, runner: Runner) -> changes.TaskOpened:
    """Return what to tell of a user task that waits."""
    element, token = wait.element, wait.token
    properties = runner.properties(element, token)
    due = runner.value(element.due, token) if element.due else None
    return changes.TaskOpened(
        instance_id=runner.instance_id,
        task_id=wait.id,
        element_id=element.id,
        process_key=element.process_key,
        name=element.name,
        label=properties.get("label", ""),
        role=runner.text(element.role, token),
        assignee=runner.text(element.assignee, token),
        due_at=periods.moment_of(due),
        form_key=element.form_key,
        duty=properties.get("duty", ""),
        properties=properties,
        item=runner.item(token),
    )


def _set(wait: Wait, runner: Runner, now: dt.datetime) -> changes.TimerSet:
    element = wait.element
    due = due_at(wait, runner, now)
    remember(wait, due)
    return changes.TimerSet(
        instance_id=runner.instance_id,
        timer_id=wait.id,
        element_id=element.id,
        process_key=element.process_key,
        name=element.name,
        due_at=due,
        interrupting=element.interrupting,
        attached_to=element.attached_to,
        duty=duty_of(wait, runner),
    )


def duty_of(wait: Wait, runner: Runner) -> str:
    """Return the duty behind what is waited for, "" where there is none."""
    return runner.properties(wait.element, wait.token).get("duty", "")


def awaited(wait: Wait, runner: Runner) -> changes.MessageAwaited:
    """Return what to tell of a message that is waited for."""
    element = wait.element
    return changes.MessageAwaited(
        instance_id=runner.instance_id,
        wait_id=wait.id,
        element_id=element.id,
        process_key=element.process_key,
        message=element.message,
        correlation={
            key: runner.value(expression, wait.token)
            for key, expression in element.correlate.items()
        },
    )
