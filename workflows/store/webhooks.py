"""The rows of webhooks, of what they were sent, and of what waits for them in the outbox."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import errors
from engine.store.tables import outbox
from workflows.store.tables import involvements, teams
from workflows.store.webhook_tables import webhook_attempts, webhook_deliveries, webhooks

KIND: Final = "webhook"  # in the outbox
ON: Final = "on"
OFF: Final = "off"


class NoSuchWebhook(errors.NotFound):
    """There is no such webhook."""


class ChangedMeanwhile(errors.Conflict):
    """A colleague has changed this webhook meanwhile. Look at it as it stands now, and try again."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who wants to be told of what. `agency_id`: only of its cases; "" of all."""

    id: UUID
    events: frozenset[str]
    agency_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """What a subscription is told: a name, and identifiers."""

    name: str
    data: Mapping[str, Any]


def subscriptions(connection: sa.Connection) -> tuple[Subscription, ...]:
    """Return the webhooks that are on."""
    rows = connection.execute(
        sa.select(webhooks.c.id, webhooks.c.events, webhooks.c.agency_id)
        .where(webhooks.c.state == ON)
        .order_by(webhooks.c.made_at, webhooks.c.id)
    )
    return tuple(Subscription(row.id, frozenset(row.events), row.agency_id) for row in rows)


def lock(connection: sa.Connection, webhook_id: UUID, seen: int | None = None) -> Any:  # noqa: ANN401
    """Lock and return the row of a webhook; `seen`: the revision that was looked at.

    Raises:
        NoSuchWebhook: there is none.
        ChangedMeanwhile: a colleague was quicker.
    """
    row = connection.execute(
        sa.select(*webhooks.c).where(webhooks.c.id == webhook_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchWebhook
    if seen is not None and row.revision != seen:
        raise ChangedMeanwhile
    return row


def find(connection: sa.Connection, webhook_id: UUID) -> Any:  # noqa: ANN401 (a row, or None)
    """Return the row of a webhook as it stands, None where there is none."""
    return connection.execute(
        sa.select(*webhooks.c).where(webhooks.c.id == webhook_id)
    ).one_or_none()


def add(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Keep a new webhook."""
    empty = {"off_reason": "", "secret_before": "", "failures": 0, "revision": 1, "state": ON}
    connection.execute(webhooks.insert(), {**empty, **values})


def change(connection: sa.Connection, row: Any, **values: Any) -> None:  # noqa: ANN401
    """Change a webhook whose row is locked."""
    connection.execute(
        webhooks.update().where(webhooks.c.id == row.id).values(revision=row.revision + 1, **values)
    )


def agencies_on(connection: sa.Connection, case_id: UUID) -> frozenset[str]:
    """Return the agencies with a team that is involved in a case."""
    rows = connection.execute(
        sa.select(teams.c.agency_id)
        .distinct()
        .join(involvements, involvements.c.team_id == teams.c.id)
        .where(involvements.c.case_id == case_id)
    )
    return frozenset(rows.scalars())


def queue(
    connection: sa.Connection,
    subject_id: UUID | None,
    told: Iterable[tuple[UUID, Event]],
    now: dt.datetime,
) -> list[str]:
    """Queue what webhooks are told, in this order; return the identifiers of the deliveries."""
    wanted = list(told)
    rows = [
        {
            "id": identifier,
            "subject_id": subject_id,
            "kind": KIND,
            "key": f"msg_{uuid4().hex}",
            "payload": {
                "webhook": str(webhook_id),
                "event": event.name,
                "at": now.isoformat(),
                "data": dict(event.data),
            },
            "queued_at": now,
            "next_attempt_at": now,
            "attempts": 0,
            "status": "queued",
        }
        # In the order of their identifiers they are sent, where they were queued at one moment.
        for identifier, (webhook_id, event) in zip(
            sorted(uuid4() for _ in wanted), wanted, strict=True
        )
    ]
    if not rows:
        return []
    connection.execute(outbox.insert(), rows)
    connection.execute(
        webhook_deliveries.insert(),
        [
            {"webhook_id": hook, "delivery": row["key"], "event": event.name, "at": now}
            for row, (hook, event) in zip(rows, wanted, strict=True)
        ],
    )
    return [str(row["key"]) for row in rows]


def has_earlier(connection: sa.Connection, key: str) -> bool:
    """Tell whether something about the same case still waits for the same webhook before this.

    Stands on ix_outbox_subject_id.
    """
    own = connection.execute(
        sa.select(outbox.c.id, outbox.c.subject_id, outbox.c.queued_at, outbox.c.payload).where(
            outbox.c.key == key
        )
    ).one_or_none()
    if own is None or own.subject_id is None:
        return False
    before = connection.execute(
        sa.select(outbox.c.payload).where(
            outbox.c.subject_id == own.subject_id,
            outbox.c.kind == KIND,
            outbox.c.status == "queued",
            sa.or_(
                outbox.c.queued_at < own.queued_at,
                sa.and_(outbox.c.queued_at == own.queued_at, outbox.c.id < own.id),
            ),
        )
    ).scalars()
    return any(each["webhook"] == own.payload["webhook"] for each in before)


def send_again(connection: sa.Connection, webhook_id: UUID, key: str, now: dt.datetime) -> bool:
    """Queue a delivery once more, under the same identifier; False where there is none that is over."""
    sent = connection.execute(
        sa.select(webhook_deliveries.c.delivery).where(
            webhook_deliveries.c.webhook_id == webhook_id, webhook_deliveries.c.delivery == key
        )
    ).first()
    if sent is None:
        return False
    changed = connection.execute(
        outbox.update()
        .where(outbox.c.key == key, outbox.c.status.in_(("sent", "failed")))
        .values(
            status="queued",
            next_attempt_at=now,
            attempts=0,
            last_error=None,
            sent_at=None,
            settled_at=None,
        )
        .returning(outbox.c.id)
    )
    return changed.first() is not None


def record_attempt(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Enter an attempt in the log."""
    connection.execute(webhook_attempts.insert(), {"id": uuid4(), **values})
