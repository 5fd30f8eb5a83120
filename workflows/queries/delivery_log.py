"""What a webhook was sent: each delivery with its attempts."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import outbox
from workflows.store.webhook_tables import webhook_attempts, webhook_deliveries


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt. `problem`: "" where the receiver took it."""

    at: dt.datetime
    status: int | None
    milliseconds: int
    problem: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery; `status`: queued, sent or failed; `next_try`: None once it is over."""

    id: str
    event: str
    at: dt.datetime
    status: str
    next_try: dt.datetime | None
    attempts: tuple[Tried, ...]
    payload: str


def delivery_log(
    connection: sa.Connection,
    webhook_id: UUID,
    *,
    only: str = "",
    limit: int | None = 20,
    cursor: str | None = None,
) -> Page[Delivery]:
    """Return deliveries, the newest first; `only`: those of one state.

    Stands on ix_webhook_deliveries_webhook_id_at and ix_webhook_attempts_delivery_at.

    Raises:
        paging.BadCursor: the cursor is none of ours.
    """
    table = webhook_deliveries
    statement = (
        sa.select(*table.c, outbox.c.status, outbox.c.next_attempt_at, outbox.c.payload)
        .join(outbox, outbox.c.key == table.c.delivery)
        .where(table.c.webhook_id == webhook_id)
    )
    if only:
        statement = statement.where(outbox.c.status == only)
    order = Order.newest_first(table.c.at, table.c.delivery)
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    tried = _attempts(connection, [row.delivery for row in page.items])
    return page.of(lambda row: _delivery(row, tried))


def _delivery(row: Any, tried: dict[str, tuple[Tried, ...]]) -> Delivery:  # noqa: ANN401
    told = {"type": row.event, "timestamp": row.payload.get("at"), "data": row.payload.get("data")}
    return Delivery(
        row.delivery,
        row.event,
        row.at,
        row.status,
        row.next_attempt_at if row.status == "queued" else None,
        tried.get(row.delivery, ()),
        json.dumps(told, indent=2, ensure_ascii=False),
    )


def _attempts(connection: sa.Connection, keys: Sequence[str]) -> dict[str, tuple[Tried, ...]]:
    rows = connection.execute(
        sa.select(*webhook_attempts.c)
        .where(webhook_attempts.c.delivery.in_(keys))
        .order_by(webhook_attempts.c.at, webhook_attempts.c.id)
    )
    found: dict[str, tuple[Tried, ...]] = {}
    for row in rows:
        each = Tried(row.at, row.status, row.milliseconds, row.problem)
        found[row.delivery] = (*found.get(row.delivery, ()), each)
    return found
