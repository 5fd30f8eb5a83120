"""Set a timer to another date."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine import errors, reasons
from engine.unit_of_work import TimerClosed, Work


@dataclass(frozen=True, slots=True)
class RescheduleTimer:
    """Let `timer_id` fire at `due_at` (aware), with a reason."""

    timer_id: UUID
    due_at: dt.datetime
    reason: str


def reschedule_timer(command: RescheduleTimer, work: Work) -> None:
    """Move the timer.

    Raises:
        TimerClosed: it does not wait any more.
        errors.Invalid: the date lies in the past, or no reason is given.
    """
    reason = reasons.given(command.reason)
    if command.due_at <= work.now:
        raise errors.Invalid(
            "The new date lies in the past.", errors={"due": ("The date must be in the future",)}
        )
    timer = work.part("timer", command.timer_id)
    if timer.status != "waiting":
        raise TimerClosed(f"The timer “{timer.name}” is {timer.status} already.")
    run = work.run_of(timer.instance_id)
    run.reschedule(timer.id, command.due_at, reason)
    work.collect(run)
