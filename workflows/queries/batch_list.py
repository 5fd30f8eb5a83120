"""What was done to many things at once: all of it, or one with how far it has come."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.batches.operation import WORDING, Operation, Wording
from workflows.store import batches as store
from workflows.store.batch_tables import batches

NEWEST: Final = 50  # batches on the page that lists them


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch. `counts`: status of its items to how many there are."""

    id: UUID
    operation: Operation
    title: str
    reason: str
    status: str
    created_at: dt.datetime
    created_by: str
    started_at: dt.datetime | None
    started_by: str
    ended_at: dt.datetime | None
    counts: Mapping[str, int]

    @property
    def wording(self) -> Wording:
        """What is said of its operation."""
        return WORDING[self.operation]

    @property
    def total(self) -> int:
        """How many items it has."""
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """How many items wait for nothing: those to be undone wait until they are."""
        ahead = "done" if self.status == "undoing" else "waiting"
        return self.total - self.counts.get(ahead, 0)

    @property
    def is_under_way(self) -> bool:
        """A worker is at it."""
        return self.status in store.UNDER_WAY

    @property
    def can_go_on(self) -> bool:
        """It was stopped, or something failed because of a fault."""
        left = self.counts.get("waiting", 0) + self.counts.get("failed", 0)
        return self.status in {"stopped", "done"} and left > 0

    @property
    def can_be_undone(self) -> bool:
        """Something was done that may be brought back."""
        return (
            self.status in {"stopped", "done"}
            and self.wording.can_be_undone
            and self.counts.get("done", 0) > 0
        )


def batch_list(connection: sa.Connection) -> tuple[Batch, ...]:
    """Return the newest batches, with who planned them. Stands on ix_batches_created_at_id."""
    rows = connection.execute(
        sa.select(*batches.c).order_by(batches.c.created_at.desc(), batches.c.id).limit(NEWEST)
    ).all()
    return _with_counts(connection, rows)


def batch(connection: sa.Connection, batch_id: UUID) -> Batch:
    """Return one batch.

    Raises:
        store.NoSuchBatch: there is none.
    """
    row = connection.execute(sa.select(*batches.c).where(batches.c.id == batch_id)).one_or_none()
    if row is None:
        raise store.NoSuchBatch
    return _with_counts(connection, [row])[0]


def _with_counts(connection: sa.Connection, rows: Any) -> tuple[Batch, ...]:  # noqa: ANN401
    counted = store.counts(connection, [row.id for row in rows])
    names = people.names(
        connection, {row.created_by for row in rows} | {row.started_by for row in rows}
    )
    return tuple(
        Batch(
            row.id,
            Operation(row.operation),
            row.title,
            row.reason,
            row.status,
            row.created_at,
            names.get(row.created_by, ""),
            row.started_at,
            names.get(row.started_by, ""),
            row.ended_at,
            counted.get(row.id, {}),
        )
        for row in rows
    )
