"""Failed steps that are tried again one after the other, and how each went."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import incidents
from workflows.store.intervention_tables import retries, retry_items

AT_ONCE: Final = 500  # rows of one insert, and of one question


class NoSuchRetry(errors.NotFound):
    """There is no such retry."""


def open_incidents(connection: sa.Connection, wanted: Sequence[UUID]) -> list[Any]:
    """Return those of some incidents that are open, with the cases that they are on."""
    found: list[Any] = []
    for start in range(0, len(wanted), AT_ONCE):
        statement = sa.select(
            incidents.c.id, incidents.c.subject_id, incidents.c.process_key, incidents.c.element_id
        ).where(
            incidents.c.id.in_(wanted[start : start + AT_ONCE]), incidents.c.resolved_at.is_(None)
        )
        found += connection.execute(statement.order_by(incidents.c.raised_at, incidents.c.id))
    return found


def add(connection: sa.Connection, values: Mapping[str, Any], found: Sequence[Any]) -> None:
    """Keep a retry with the incidents that it is about."""
    connection.execute(retries.insert(), {**values, "size": len(found)})
    for start in range(0, len(found), AT_ONCE):
        connection.execute(
            retry_items.insert(),
            [
                {
                    "retry_id": values["id"],
                    "incident_id": each.id,
                    "case_id": each.subject_id,
                    "status": "waiting",
                    "message": "",
                }
                for each in found[start : start + AT_ONCE]
            ],
        )


def under_way(connection: sa.Connection) -> Sequence[Any]:
    """Return the retries that are carried on. Stands on ix_retries_status_asked_at_id."""
    statement = sa.select(retries.c.id, retries.c.asked_by).where(retries.c.status == "running")
    return connection.execute(statement.order_by(retries.c.asked_at, retries.c.id)).all()


def waiting(connection: sa.Connection, retry_id: UUID, *, limit: int) -> list[UUID]:
    """Return incidents that wait. Stands on ix_retry_items_retry_id_status."""
    statement = (
        sa.select(retry_items.c.incident_id)
        .where(retry_items.c.retry_id == retry_id, retry_items.c.status == "waiting")
        .order_by(retry_items.c.incident_id)
        .limit(limit)
    )
    return list(connection.execute(statement).scalars())


def lock_item(connection: sa.Connection, retry_id: UUID, incident_id: UUID) -> bool:
    """Lock an item that waits; tell whether it does, and no other worker has it."""
    statement = (
        sa.select(retry_items.c.incident_id)
        .where(
            retry_items.c.retry_id == retry_id,
            retry_items.c.incident_id == incident_id,
            retry_items.c.status == "waiting",
        )
        .with_for_update(skip_locked=True)
    )
    return connection.execute(statement).one_or_none() is not None


def settle(
    connection: sa.Connection,
    retry_id: UUID,
    incident_id: UUID,
    outcome: tuple[str, str],
    now: dt.datetime,
) -> None:
    """Write how an item went: status and message; the last one ends the retry."""
    status, message = outcome
    connection.execute(
        retry_items.update()
        .where(retry_items.c.retry_id == retry_id, retry_items.c.incident_id == incident_id)
        .values(status=status, message=message[:2000], at=now)
    )
    if not waiting(connection, retry_id, limit=1):
        connection.execute(
            retries.update()
            .where(retries.c.id == retry_id, retries.c.status == "running")
            .values(status="done", ended_at=now)
        )
