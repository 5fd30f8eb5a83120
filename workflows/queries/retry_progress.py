"""How far a retry has come, and what became of each failed step."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people, sight
from workflows.access.people import Person
from workflows.store.intervention_tables import retries, retry_items
from workflows.store.retries import NoSuchRetry
from workflows.store.tables import cases


@dataclass(frozen=True, slots=True)
class Item:
    """A failed step that is tried again. `status`: waiting, succeeded, failed, gone or refused."""

    case_id: UUID
    reference: str
    status: str
    message: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RetryProgress:
    """A retry of one cause. `items` are those of cases that one may see."""

    id: UUID
    title: str
    status: str
    asked_by: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    size: int
    counts: Mapping[str, int]
    items: tuple[Item, ...]

    @property
    def settled(self) -> int:
        """How many have been tried."""
        return self.size - self.counts.get("waiting", 0)


def retry_progress(connection: sa.Connection, person: Person, retry_id: UUID) -> RetryProgress:
    """Return a retry; first what did not go through. Stands on ix_retry_items_retry_id_status.

    Raises:
        NoSuchRetry: there is none.
    """
    row = connection.execute(sa.select(*retries.c).where(retries.c.id == retry_id)).one_or_none()
    if row is None:
        raise NoSuchRetry
    counted = connection.execute(
        sa.select(retry_items.c.status, sa.func.count().label("tried"))
        .where(retry_items.c.retry_id == retry_id)
        .group_by(retry_items.c.status)
    )
    return RetryProgress(
        row.id,
        row.title,
        row.status,
        people.names(connection, {row.asked_by}).get(row.asked_by, "Someone"),
        row.asked_at,
        row.ended_at,
        row.size,
        {row.status: row.tried for row in counted},
        tuple(_items(connection, person, retry_id)),
    )


def _items(connection: sa.Connection, person: Person, retry_id: UUID) -> list[Item]:
    order = sa.case(
        {"failed": 0, "refused": 1, "gone": 2, "succeeded": 3}, value=retry_items.c.status, else_=4
    )
    statement = (
        sa.select(
            retry_items.c.case_id,
            cases.c.reference,
            retry_items.c.status,
            retry_items.c.message,
            retry_items.c.at,
        )
        .join(cases, cases.c.id == retry_items.c.case_id)
        .where(retry_items.c.retry_id == retry_id, sight.sees(person, retry_items.c.case_id))
        .order_by(order, cases.c.reference, retry_items.c.incident_id)
        .limit(500)
    )
    return [Item(*row) for row in connection.execute(statement)]
