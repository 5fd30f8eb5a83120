"""Who changed what in administration, newest first."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
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
    statement = sa.select(*table.c)
    if what:
        statement = statement.where(table.c.what == what)
    if subject:
        statement = statement.where(table.c.subject == subject)
    order = Order.newest_first(table.c.at, table.c.id)
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    names = people.names(connection, {row.by for row in page.items})
    return page.of(
        lambda row: Change(
            row.at,
            names.get(row.by, "Someone"),
            row.what,
            row.subject,
            row.name,
            row.kind,
            tuple((each[0], each[1], each[2]) for each in row.changes),
            row.reason,
        )
    )
