"""The webhooks, with how each fares."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.store.tables import agencies
from workflows.store.webhook_tables import webhooks


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook without its secret. `failures`: attempts that failed since the last success."""

    id: UUID
    name: str
    address: str
    events: tuple[str, ...]
    agency_id: str
    agency_name: str
    on: bool
    off_reason: str
    failures: int
    failing_since: dt.datetime | None
    old_secret_until: dt.datetime | None
    revision: int


def webhook_list(connection: sa.Connection, webhook_id: UUID | None = None) -> list[WebhookRow]:
    """Return the webhooks by name, or the one that is asked for."""
    statement = sa.select(*webhooks.c, agencies.c.name.label("agency_name")).outerjoin(
        agencies, agencies.c.id == webhooks.c.agency_id
    )
    if webhook_id is not None:
        statement = statement.where(webhooks.c.id == webhook_id)
    rows = connection.execute(statement.order_by(webhooks.c.name, webhooks.c.id))
    return [
        WebhookRow(
            row.id,
            row.name,
            row.address,
            tuple(row.events),
            row.agency_id,
            row.agency_name or "",
            row.state == "on",
            row.off_reason,
            row.failures,
            row.failing_since,
            row.secret_before_until if row.secret_before else None,
            row.revision,
        )
        for row in rows
    ]
