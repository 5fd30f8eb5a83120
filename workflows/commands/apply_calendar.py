"""Derive the dates of one case anew, after working days have changed."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows import changes
from workflows.context import case_of
from workflows.duties import deadlines as derivation
from workflows.store import closures


@dataclass(frozen=True, slots=True)
class ApplyCalendar:
    """Let a change of the closures reach a case; with a `problem`, note that it could not."""

    change_id: UUID
    case_id: UUID
    problem: str = ""


def apply_calendar(command: ApplyCalendar, work: Work) -> None:
    """Move the case's time limits, and its timers with them; once, however many workers try.

    Raises:
        errors.NotFound: there is no such case.
    """
    work.lock_subject(command.case_id)
    if not closures.take(work.connection, command.change_id, command.case_id):
        return
    moved: list[tuple[str, str, str]] = []
    if not command.problem:
        context = case_of(work, command.case_id)
        before = closures.last_days(work.connection, command.case_id)
        context.calendar_changed()
        for each in context.deadlines():
            was = before.get((each.duty.code, each.qualifier))
            if each.state == derivation.Status.OPEN and was is not None and was != each.due:
                moved.append((each.duty.title, was.isoformat(), each.due.isoformat()))
    if moved:
        work.record(changes.CalendarApplied(None, command.case_id, command.change_id, tuple(moved)))
    closures.settle(
        work.connection,
        command.change_id,
        command.case_id,
        moved=len(moved),
        problem=command.problem,
    )
