"""Ask carriers what became of what was sent, ever more seldom, until it is final."""

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from engine.executor import Executor
from engine.ports import Fate, Sender, Tracker
from engine.store.database import writing
from engine.store.tables import outbox

logger = logging.getLogger(__name__)

BATCH: Final = 50
CLAIMED_FOR: Final = dt.timedelta(minutes=5)
LONGEST_DELAY: Final = dt.timedelta(hours=1)
GIVEN_UP_AFTER: Final = dt.timedelta(days=7)  # carriers forget


def follow_up(executor: Executor, senders: Mapping[str, Sender]) -> int:
    """Ask about what is due to be asked about; return how many fates became final."""
    settled = 0
    for row in _claim(executor):
        settled += _ask(executor, senders.get(row.kind), row)
    return settled


def _claim(executor: Executor) -> list[Any]:
    """Take some rows for a while, so that no other worker asks too; stands on ix_outbox_asked."""
    now = executor.clock.now()
    with writing(executor.engine) as connection, connection.begin():
        rows = connection.execute(
            sa.select(outbox.c.id, outbox.c.kind, outbox.c.reference, outbox.c.sent_at)
            .where(outbox.c.ask_at <= now)
            .order_by(outbox.c.ask_at, outbox.c.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        if rows:
            connection.execute(
                outbox.update()
                .where(outbox.c.id.in_([row.id for row in rows]))
                .values(ask_at=now + CLAIMED_FOR)
            )
    return list(rows)


def _ask(executor: Executor, sender: Sender | None, row: Any) -> bool:  # noqa: ANN401
    now = executor.clock.now()
    age = now - row.sent_at
    if not isinstance(sender, Tracker) or age > GIVEN_UP_AFTER:
        _update(executor, row.id, ask_at=None)
        return False
    try:
        found = sender.delivery(row.reference)
    except OSError as error:
        logger.warning("delivery not known", extra={"outbox_id": str(row.id), "why": str(error)})
        _update(executor, row.id, ask_at=_next(now, age))
        return False
    if found.fate is Fate.UNDER_WAY:
        _update(executor, row.id, ask_at=_next(now, age))
        return False
    if found.fate is Fate.UNKNOWN:
        _update(executor, row.id, ask_at=None, last_error=found.reason)
        return False
    status = "delivered" if found.fate is Fate.DELIVERED else "failed"
    reason = found.reason or None
    _update(executor, row.id, ask_at=None, settled_at=now, status=status, last_error=reason)
    return True


def _next(now: dt.datetime, age: dt.timedelta) -> dt.datetime:
    """Wait as long again as it has taken so far, between a minute and an hour."""
    return now + max(dt.timedelta(minutes=1), min(age, LONGEST_DELAY))


def _update(executor: Executor, identifier: object, **values: object) -> None:
    with writing(executor.engine) as connection, connection.begin():
        connection.execute(outbox.update().where(outbox.c.id == identifier).values(**values))
