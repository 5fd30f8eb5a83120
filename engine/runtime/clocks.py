"""Timers that get another date while they wait, or fire no more."""

import datetime as dt
from collections.abc import Iterable, Iterator

from engine import changes
from engine.runtime import difference, waits
from engine.runtime.runner import Runner
from engine.runtime.waits import Wait


def recomputed(
    waiting: Iterable[Wait], runner: Runner, now: dt.datetime, reason: str
) -> Iterator[changes.TimerRescheduled]:
    """Ask every timer's expression again; yield those whose date is another."""
    for wait in waiting:
        kind = wait.element.timer[0] if wait.element.timer else ""
        if kind == "timeDuration":
            continue
        before, after = waits.due_of(wait), difference.due_at(wait, runner, now)
        if before != after:
            yield rescheduled(wait, runner, after, reason)


def rescheduled(
    wait: Wait, runner: Runner, due: dt.datetime | None, reason: str
) -> changes.TimerRescheduled:
    """Set a timer to another moment."""
    before = waits.due_of(wait)
    difference.remember(wait, due)
    return changes.TimerRescheduled(
        runner.instance_id, wait.id, wait.element.id, before, due, reason
    )


def stopped(wait: Wait, runner: Runner, reason: str) -> changes.TimerStopped:
    """Let a timer fire no more.

    Raises:
        waits.OnlyTimer: its token waits for nothing else.
    """
    waits.stop(wait)
    element = wait.element
    return changes.TimerStopped(runner.instance_id, wait.id, element.id, element.name, reason)
