"""Fire the timers that are due, each exactly once, in the order of their dates."""

import datetime as dt
import logging
from typing import Final
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from engine import errors, ports
from engine.commands.fire_timer import FireTimer, NotDue
from engine.executor import Executor
from engine.queries.timer_list import next_due
from engine.store.database import reading, writing
from engine.store.tables import timers
from engine.unit_of_work import Ended, NoSuchTask, Suspended, TimerClosed

logger = logging.getLogger(__name__)

BATCH: Final = 100
FIRST_DELAY: Final = dt.timedelta(minutes=1)
LONGEST_DELAY: Final = dt.timedelta(hours=6)
GONE: Final = (TimerClosed, NotDue, NoSuchTask, Suspended, Ended)


def fire_due(executor: Executor, *, most: int = 10_000) -> int:
    """Fire what is due now; return how many this worker fired.

    Several workers may do so at once: under the lock of its case, the second finds a timer fired
    already and leaves it.
    """
    fired = 0
    while fired < most:
        with reading(executor.engine) as connection:
            due = next_due(connection, executor.clock.now(), limit=BATCH)
        if not due:
            return fired
        before = fired
        for timer_id in due:
            fired += _fire(executor, timer_id)
        if fired == before:
            return fired
    return fired


def _fire(executor: Executor, timer_id: UUID) -> int:
    try:
        executor.execute(FireTimer(timer_id), ports.SYSTEM)
    except GONE:
        return 0
    except (errors.Refused, SQLAlchemyError) as error:
        _hold_back(executor, timer_id, error)
        return 0
    return 1


def _hold_back(executor: Executor, timer_id: UUID, error: Exception) -> None:
    """Try a timer that failed again later, ever more seldom; operators see it in the log."""
    logger.error("timer failed", extra={"timer_id": str(timer_id), "reason": str(error)})
    now = executor.clock.now()
    with writing(executor.engine) as connection, connection.begin():
        row = connection.execute(
            timers.update()
            .where(timers.c.id == timer_id)
            .values(failures=timers.c.failures + 1)
            .returning(timers.c.failures)
        ).one()
        delay = min(FIRST_DELAY * 2 ** min(row.failures, 12), LONGEST_DELAY)
        connection.execute(
            timers.update().where(timers.c.id == timer_id).values(retry_at=now + delay)
        )
