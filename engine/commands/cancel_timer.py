"""Let a timer fire no more."""

from dataclasses import dataclass
from uuid import UUID

from engine import reasons
from engine.unit_of_work import TimerClosed, Work


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Cancel `timer_id`, with a reason; all rounds of one that repeats."""

    timer_id: UUID
    reason: str


def cancel_timer(command: CancelTimer, work: Work) -> None:
    """Cancel the timer; what it stands beside goes on.

    Raises:
        errors.Invalid: no reason is given.
        TimerClosed: it does not wait any more.
        waits.OnlyTimer: the process waits for nothing else there, and would wait for ever.
    """
    reason = reasons.given(command.reason)
    timer = work.part("timer", command.timer_id)
    if timer.status != "waiting":
        raise TimerClosed(f"The timer “{timer.name}” is {timer.status} already.")
    run = work.run_of(timer.instance_id)
    run.stop_timer(timer.id, reason)
    work.collect(run)
