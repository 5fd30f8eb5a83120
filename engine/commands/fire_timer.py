"""Let a timer fire."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import TimerClosed, Work


@dataclass(frozen=True, slots=True)
class FireTimer:
    """Let `timer_id` fire: since it is due, or by hand with a reason."""

    timer_id: UUID
    by_hand: bool = False
    reason: str = ""


class NotDue(errors.Conflict):
    """The timer is not due."""


def fire_timer(command: FireTimer, work: Work) -> None:
    """Let the timer fire once, and run the instance on.

    Raises:
        TimerClosed: it does not wait any more.
        NotDue: it is not due yet, and no hand was on it.
    """
    # A worker does not wait for whoever works on the case: it comes again in a moment.
    timer = work.part("timer", command.timer_id, skip_locked=not command.by_hand)
    if timer.status != "waiting":
        raise TimerClosed(f"The timer “{timer.name}” is {timer.status} already.")
    if not command.by_hand and (timer.due_at is None or timer.due_at > work.now):
        raise NotDue
    run = work.run_of(timer.instance_id)
    run.fire_timer(timer.id, by_hand=command.by_hand, reason=command.reason[:500])
    work.collect(run)
