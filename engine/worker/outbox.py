"""Send what waits in the outbox: at least once, with a key, ever more seldom after failures."""

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from typing import Any, Final

import sqlalchemy as sa

from engine import errors
from engine.changes import Values
from engine.executor import Executor
from engine.ports import HeldBack, Sender, Tracker
from engine.store.database import writing
from engine.store.tables import outbox

logger = logging.getLogger(__name__)

BATCH: Final = 20
ATTEMPTS: Final = 12
FIRST_DELAY: Final = dt.timedelta(seconds=30)
LONGEST_DELAY: Final = dt.timedelta(hours=6)
ASK_AFTER: Final = dt.timedelta(minutes=1)
HELD_BACK_FOR: Final = dt.timedelta(seconds=30)
CLAIMED_FOR: Final = dt.timedelta(minutes=5)  # longer than any sender takes


def send_queued(
    executor: Executor, senders: Mapping[str, Sender], *, apart: Collection[str] = ()
) -> int:
    """Send what is queued and due, but for the kinds that are sent apart; return how many were sent."""
    return _send_all(executor, senders, outbox.c.kind.not_in(list(apart)))


def send_kind(executor: Executor, kind: str, sender: Sender) -> int:
    """Send what is queued and due of one kind, so that slow receivers keep nothing else waiting."""
    return _send_all(executor, {kind: sender}, outbox.c.kind == kind)


def _send_all(
    executor: Executor, senders: Mapping[str, Sender], which: sa.ColumnElement[bool]
) -> int:
    sent = 0
    while rows := _claim(executor, which):
        for row in rows:
            sent += _send(executor, senders.get(row.kind), row)
    return sent


def _claim(executor: Executor, which: sa.ColumnElement[bool]) -> list[Any]:
    """Take some rows for a while, so that no other worker sends them too."""
    now = executor.clock.now()
    with writing(executor.engine) as connection, connection.begin():
        rows = connection.execute(
            sa.select(outbox.c.id, outbox.c.kind, outbox.c.key, outbox.c.payload, outbox.c.attempts)
            .where(outbox.c.status == "queued", outbox.c.next_attempt_at <= now, which)
            .order_by(outbox.c.next_attempt_at, outbox.c.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        if rows:
            connection.execute(
                outbox.update()
                .where(outbox.c.id.in_([row.id for row in rows]))
                .values(next_attempt_at=now + CLAIMED_FOR)
            )
    return list(rows)


def _send(executor: Executor, sender: Sender | None, row: Any) -> int:  # noqa: ANN401
    now = executor.clock.now()
    try:
        if sender is None:
            raise errors.Invalid(f"Nothing here sends “{row.kind}”.")
        reference = sender.send(row.key, row.payload)
    except HeldBack:
        _update(executor, row.id, next_attempt_at=now + HELD_BACK_FOR)
        return 0
    except OSError as error:
        _try_later(executor, row, str(error))
        return 0
    except errors.Refused as error:
        _update(
            executor,
            row.id,
            attempts=row.attempts + 1,
            last_error=error.message[:500],
            status="failed",
            settled_at=now,
            next_attempt_at=None,
            payload=_kept(row.payload),
        )
        logger.warning("message refused", extra={"outbox_id": str(row.id), "kind": row.kind})
        return 0
    _update(
        executor,
        row.id,
        attempts=row.attempts + 1,
        status="sent",
        sent_at=now,
        reference=reference[:200],
        ask_at=now + ASK_AFTER if isinstance(sender, Tracker) else None,
        next_attempt_at=None,
        payload=_kept(row.payload),
    )
    return 1


def _try_later(executor: Executor, row: Any, reason: str) -> None:  # noqa: ANN401
    """Wait ever longer after each failure, and give up in the end."""
    attempts = row.attempts + 1
    given_up = attempts >= ATTEMPTS
    delay = min(FIRST_DELAY * 2**attempts, LONGEST_DELAY)
    _update(
        executor,
        row.id,
        attempts=attempts,
        last_error=reason[:500],
        status="failed" if given_up else "queued",
        settled_at=executor.clock.now() if given_up else None,
        next_attempt_at=None if given_up else executor.clock.now() + delay,
        payload=_kept(row.payload) if given_up else row.payload,
    )


def _kept(payload: Values) -> Values:
    """Return a payload without the parts that it names in `forget`: they are secrets until sent."""
    secret = payload.get("forget")
    names = secret if isinstance(secret, list) else []
    return {name: value for name, value in payload.items() if name not in names}


def _update(executor: Executor, identifier: object, **values: object) -> None:
    with writing(executor.engine) as connection, connection.begin():
        connection.execute(outbox.update().where(outbox.c.id == identifier).values(**values))
