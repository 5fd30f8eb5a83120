"""Batches and their items, and how an item stands: what it is undone by."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import instances, tasks
from workflows.store.batch_tables import batch_items, batches

AT_ONCE: Final = 500  # rows of one insert
UNDER_WAY: Final = ("running", "undoing")


class NoSuchBatch(errors.NotFound):
    """There is no such operation on many things."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be: the task, instance, case or incident, and who gets a task (“”: its team)."""

    target_id: UUID
    assignee: str = ""


def add(connection: sa.Connection, values: Mapping[str, Any], items: Sequence[NewItem]) -> None:
    """Keep a new batch with its items; `values` may say that it is under way already."""
    plain = {"reason": "", "status": "planned", "started_by": "", "undone_by": ""}
    connection.execute(batches.insert(), {**plain, **values})
    rows = [
        {
            "batch_id": values["id"],
            "target_id": each.target_id,
            "position": position,
            "assignee": each.assignee,
            "status": "waiting",
            "reason": "",
            "before": "",
        }
        for position, each in enumerate(items)
    ]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(batch_items.insert(), rows[start : start + AT_ONCE])


def lock(connection: sa.Connection, batch_id: UUID) -> Any:  # noqa: ANN401
    """Lock and return a batch.

    Raises:
        NoSuchBatch: there is none.
    """
    row = connection.execute(
        sa.select(*batches.c).where(batches.c.id == batch_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchBatch
    return row


def update(connection: sa.Connection, batch_id: UUID, **values: object) -> None:
    """Change a batch."""
    connection.execute(batches.update().where(batches.c.id == batch_id).values(**values))


def discard(connection: sa.Connection, batch_id: UUID) -> None:
    """Forget a batch and its items."""
    connection.execute(batch_items.delete().where(batch_items.c.batch_id == batch_id))
    connection.execute(batches.delete().where(batches.c.id == batch_id))


def under_way(connection: sa.Connection) -> Sequence[Any]:
    """Return the batches that are carried on, oldest first. Stands on ix_batches_status."""
    return connection.execute(
        sa.select(*batches.c)
        .where(batches.c.status.in_(UNDER_WAY))
        .order_by(batches.c.started_at, batches.c.id)
    ).all()


def status_of(connection: sa.Connection, batch_id: UUID) -> str:
    """Return how a batch stands."""
    return str(
        connection.execute(
            sa.select(batches.c.status).where(batches.c.id == batch_id)
        ).scalar_one_or_none()
        or ""
    )


def items_of(
    connection: sa.Connection, batch_id: UUID, status: str, *, limit: int
) -> Sequence[Any]:
    """Return items of a status. Stands on ix_batch_items_batch_id_status_position."""
    return connection.execute(
        sa.select(*batch_items.c)
        .where(batch_items.c.batch_id == batch_id, batch_items.c.status == status)
        .order_by(batch_items.c.position)
        .limit(limit)
    ).all()


def lock_item(connection: sa.Connection, batch_id: UUID, target_id: UUID, status: str) -> Any:  # noqa: ANN401
    """Lock and return an item of a status; None where it is not so, or another works on it."""
    return connection.execute(
        sa.select(*batch_items.c)
        .where(
            batch_items.c.batch_id == batch_id,
            batch_items.c.target_id == target_id,
            batch_items.c.status == status,
        )
        .with_for_update(skip_locked=True)
    ).one_or_none()


def settle(connection: sa.Connection, batch_id: UUID, target_id: UUID, **values: object) -> None:
    """Write what became of an item."""
    connection.execute(
        batch_items.update()
        .where(batch_items.c.batch_id == batch_id, batch_items.c.target_id == target_id)
        .values(**values)
    )


def revive(connection: sa.Connection, batch_id: UUID) -> None:
    """Let what failed be tried again."""
    connection.execute(
        batch_items.update()
        .where(batch_items.c.batch_id == batch_id, batch_items.c.status == "failed")
        .values(status="waiting", reason="", at=None)
    )


def counts(connection: sa.Connection, found: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return how many items of each batch are of which status."""
    counted: dict[UUID, dict[str, int]] = {}
    statement = (
        sa.select(batch_items.c.batch_id, batch_items.c.status, sa.func.count())
        .where(batch_items.c.batch_id.in_(found))
        .group_by(batch_items.c.batch_id, batch_items.c.status)
    )
    for batch_id, status, count in connection.execute(statement):
        counted.setdefault(batch_id, {})[status] = count
    return counted


def finish(connection: sa.Connection, batch_id: UUID, status: str, now: dt.datetime) -> None:
    """Let a batch be done that is still of a status."""
    connection.execute(
        batches.update()
        .where(batches.c.id == batch_id, batches.c.status == status)
        .values(status="done", ended_at=now)
    )


def standing(connection: sa.Connection, kind: str, target_id: UUID) -> list[str]:
    """Return how a task or an instance stands: as long as it is the same, nobody acted on it.

    The first of it is who has the task, or the status of the instance. Nothing for other kinds,
    which cannot be undone.
    """
    if kind == "task":
        row = connection.execute(
            sa.select(tasks.c.assignee, tasks.c.status, tasks.c.claimed_at, tasks.c.draft).where(
                tasks.c.id == target_id
            )
        ).one_or_none()
        if row is None:
            return []
        draft = json.dumps(row.draft, sort_keys=True)
        since = row.claimed_at.isoformat() if row.claimed_at else ""
        digest = hashlib.sha256(draft.encode()).hexdigest()[:16]
        return [row.assignee, row.status, since, digest]
    if kind == "instance":
        found = connection.execute(
            sa.select(instances.c.status, instances.c.revision).where(instances.c.id == target_id)
        ).one_or_none()
        return [found.status, str(found.revision)] if found else []
    return []


def assigned_to(connection: sa.Connection, person_id: str) -> Sequence[Any]:
    """Return id, team and role of the open tasks of a person, the most urgent first.

    Stands on ix_tasks_assignee_status_due_at_id.
    """
    return connection.execute(
        sa.select(tasks.c.id, tasks.c.team_id, tasks.c.role)
        .where(tasks.c.assignee == person_id, tasks.c.status == "open")
        .order_by(tasks.c.due_at, tasks.c.id)
    ).all()
