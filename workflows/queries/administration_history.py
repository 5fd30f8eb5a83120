"""Who changed what in administration, newest first."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Page
from workflows.access import people
from workflows.store.administration_tables import administration_history as table


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did: to what, what differs (what, from, to), and why."""

    at: dt.datetime
    by: str
    what: str
    subject: str
    name: str
    kind: str
    changes: tuple[tuple[str, str, str], ...]
    reason: str


def administration_history(
    connection: sa.Connection,
    *,
    what: str = "",
    subject: str = "",
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Change]:
    """Return changes, of one kind of thing or one thing where that is asked.

    Stands on ix_administration_history_at_id and ix_administration_history_what_subject_at.

    Raises:
        paging.BadCursor: the cursor is none of ours.
    """
    count = paging.limit_of(limit)
    statement = sa.select(*table.c)
    if what:
        statement = statement.where(table.c.what == what)
    if subject:
        statement = statement.where(table.c.subject == subject)
    if cursor:
        statement = statement.where(sa.tuple_(table.c.at, table.c.id) < _after(cursor))
    rows = connection.execute(
        statement.order_by(table.c.at.desc(), table.c.id.desc()).limit(count + 1)
    ).all()
    names = people.names(connection, {row.by for row in rows})
    items = tuple(
        Change(
            row.at,
            names.get(row.by, "Someone"),
            row.what,
            row.subject,
            row.name,
            row.kind,
            tuple((each[0], each[1], each[2]) for each in row.changes),
            row.reason,
        )
        for row in rows[:count]
    )
    more = len(rows) > count
    last = rows[count - 1] if more else None
    return Page(items, paging.encode(last.at.isoformat(), last.id) if last is not None else None)


def _after(cursor: str) -> sa.Tuple:
    at, identifier = paging.decode(cursor, 2)
    try:
        moment, last = dt.datetime.fromisoformat(at), UUID(identifier)
    except ValueError as error:
        raise paging.BadCursor from error
    return sa.tuple_(sa.literal(moment, table.c.at.type), sa.literal(last, table.c.id.type))
