"""The rows of timers that wait, and of those that fired."""

from typing import Any
from uuid import UUID

from engine import changes
from engine.store.tables import timers
from engine.unit_of_work import Work


def project(work: Work) -> None:
    """Write timers set, fired, moved, cancelled and suspended."""
    rows = [_row(each, work) for each in work.changes if isinstance(each, changes.TimerSet)]
    if rows:
        if any(isinstance(each, changes.InstanceMoved) for each in work.changes):
            _forget(work, [row["id"] for row in rows])
        work.connection.execute(timers.insert(), rows)
    for change in work.changes:
        _write(change, work)
    cancelled = [each.timer_id for each in work.changes if isinstance(each, changes.TimerCancelled)]
    if cancelled:
        work.connection.execute(
            timers.update().where(timers.c.id.in_(cancelled)).values(status="cancelled")
        )


def _write(change: changes.Change, work: Work) -> None:
    match change:
        case changes.TimerFired():
            _update(work, change.timer_id, status="fired", fired_at=work.now)
        case changes.TimerRescheduled():
            _update(work, change.timer_id, due_at=change.due_at)
        case changes.TimerStopped():
            _update(work, change.timer_id, status="cancelled")
        case changes.TimerMoved():
            _update(
                work,
                change.timer_id,
                element_id=change.element_id,
                process_key=change.process_key,
                name=change.name,
                attached_to=change.attached_to,
                interrupting=change.interrupting,
                duty=change.duty,
            )
        case changes.TimerWantedAgain():
            _update(work, change.timer_id, status=_status(change.instance_id, work))
        case changes.InstanceSuspended():
            _turn(work, change.instance_id, "waiting", "suspended")
        case changes.InstanceResumed():
            _turn(work, change.instance_id, "suspended", "waiting")
        case _:
            pass


def _row(change: changes.TimerSet, work: Work) -> dict[str, Any]:
    instance_id = change.instance_id
    if instance_id is None:
        raise ValueError("a timer belongs to an instance")
    return {
        "id": change.timer_id,
        "instance_id": instance_id,
        "subject_id": work.rows_subject(instance_id),
        "process_key": change.process_key,
        "element_id": change.element_id,
        "name": change.name,
        "attached_to": change.attached_to,
        "duty": change.duty,
        "interrupting": change.interrupting,
        "due_at": change.due_at,
        "status": _status(instance_id, work),
        "set_at": work.now,
        "by_hand": False,
        "failures": 0,
    }


def _status(instance_id: UUID | None, work: Work) -> str:
    """Return the status of a timer that waits: in a suspended instance it does not fire."""
    row = None if instance_id is None else work.rows.get(instance_id)
    return "suspended" if row is not None and row.status == "suspended" else "waiting"


def _forget(work: Work, identifiers: list[UUID]) -> None:
    """Forget timers that an earlier move cancelled: they are set anew."""
    work.connection.execute(
        timers.delete().where(timers.c.id.in_(identifiers), timers.c.status == "cancelled")
    )


def _update(work: Work, timer_id: UUID, **values: object) -> None:
    work.connection.execute(timers.update().where(timers.c.id == timer_id).values(**values))


def _turn(work: Work, instance_id: UUID | None, before: str, after: str) -> None:
    work.connection.execute(
        timers.update()
        .where(timers.c.instance_id == instance_id, timers.c.status == before)
        .values(status=after)
    )
