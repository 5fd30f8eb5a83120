"""The history of an instance or of a subject, and the proof that nothing in it was changed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import history


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what happened, when, and by whom."""

    seq: int
    at: dt.datetime
    actor_id: str
    kind: str
    element_id: str
    instance_id: UUID | None
    body: Mapping[str, Any]


_COLUMNS = (
    history.c.seq,
    history.c.at,
    history.c.actor_id,
    history.c.kind,
    history.c.element_id,
    history.c.instance_id,
    history.c.body,
)


def instance_history(
    connection: sa.Connection, instance_id: UUID, *, limit: int | None, cursor: str | None
) -> Page[Entry]:
    """Return an instance's history, oldest first. Stands on ix_history_instance_id_seq."""
    statement = sa.select(*_COLUMNS).where(history.c.instance_id == instance_id)
    order = Order((history.c.seq,))
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    return page.of(lambda row: Entry(*row))


def latest_of_instance(connection: sa.Connection, instance_id: UUID, *, limit: int) -> list[Entry]:
    """Return the latest entries of an instance, newest first. Stands on ix_history_instance_id_seq."""
    statement = (
        sa.select(*_COLUMNS)
        .where(history.c.instance_id == instance_id)
        .order_by(history.c.seq.desc())
        .limit(limit)
    )
    return [Entry(*row) for row in connection.execute(statement)]


def subject_history(
    connection: sa.Connection,
    subject_id: UUID,
    *,
    limit: int | None,
    cursor: str | None,
    kinds: tuple[str, ...] = (),
) -> Page[Entry]:
    """Return a subject's history, newest first, of some kinds only. Stands on its primary key."""
    statement = sa.select(*_COLUMNS).where(history.c.subject_id == subject_id)
    if kinds:
        statement = statement.where(history.c.kind.in_(kinds))
    order = Order.newest_first(history.c.seq)
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    return page.of(lambda row: Entry(*row))


def chains(connection: sa.Connection) -> Iterator[Any]:
    """Yield every entry of the history in the order of its chains, few at a time."""
    statement = sa.select(*history.c).order_by(history.c.subject_id, history.c.seq)
    yield from connection.execution_options(yield_per=1000).execute(statement)
