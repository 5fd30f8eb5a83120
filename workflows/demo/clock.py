"""Move the clock of a demo or training database, as though the time had passed."""

import datetime as dt

from engine import errors, ports
from engine.commands.fire_timer import FireTimer
from engine.definitions import periods
from engine.queries.timer_list import due_at_of, next_due
from engine.store import clock_offset
from engine.worker.timers import GONE
from workflows.bootstrap import System


class NotADemo(errors.NotFound):
    """Only the clock of a demo can be moved."""


def advance(system: System, period: str) -> int:
    """Let a period ("P6W") pass: every timer fires at its own date, in order.

    Returns:
        How many timers fired.

    Raises:
        NotADemo: this is a real installation.
        periods.BadPeriod: the period is not ISO 8601.
    """
    if not system.demo:
        raise NotADemo
    start = system.now()
    end = periods.later(start, periods.duration(period))
    fired = 0
    with system.clock.frozen_at(start):
        while (moment := _next(system, end)) is not None:
            system.clock.frozen = max(moment, system.clock.now())
            fired += _fire(system)
    offset = clock_offset.read(system.engine) + (end - start)
    clock_offset.write(system.engine, offset)
    system.clock.offset = offset
    return fired


def reset(system: System) -> None:
    """Let the demo's clock be the wall's again.

    Raises:
        NotADemo: this is a real installation.
    """
    if not system.demo:
        raise NotADemo
    clock_offset.write(system.engine, dt.timedelta())
    system.clock.offset = dt.timedelta()


def _next(system: System, end: dt.datetime) -> dt.datetime | None:
    with system.read() as connection:
        due = next_due(connection, end, limit=1)
        return due_at_of(connection, due[0]) if due else None


def _fire(system: System) -> int:
    with system.read() as connection:
        due = next_due(connection, system.clock.now(), limit=50)
    fired = 0
    for timer_id in due:
        try:
            system.execute(FireTimer(timer_id), ports.SYSTEM)
            fired += 1
        except GONE:
            continue
    return fired
