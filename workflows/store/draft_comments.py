"""What people say about drafts, and who has one open just now."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert, writing
from workflows.store.draft_tables import draft_comments, draft_readers

TEXT_LIMIT: Final = 2_000  # characters
PRESENT: Final = dt.timedelta(seconds=75)  # since a page last told that it is open


class NoSuchComment(errors.NotFound):
    """There is no such comment."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `element_id` "" where it is about the whole, `settled_at` None while it is open."""

    draft_id: UUID
    number: int
    element_id: str
    text: str
    made_at: dt.datetime
    made_by: str
    settled_at: dt.datetime | None
    settled_by: str | None


def comments(connection: sa.Connection, draft_id: UUID) -> tuple[Comment, ...]:
    """Return the comments on a draft, oldest first."""
    rows = connection.execute(
        sa.select(*draft_comments.c)
        .where(draft_comments.c.draft_id == draft_id)
        .order_by(draft_comments.c.number)
    )
    return tuple(Comment(*row) for row in rows)


def add(
    connection: sa.Connection,
    draft_id: UUID,
    element_id: str,
    text: str,
    made: tuple[dt.datetime, str],
) -> None:
    """Keep a comment; `made`: when, and by whom. The draft's row must be locked."""
    last = connection.execute(
        sa.select(sa.func.max(draft_comments.c.number)).where(draft_comments.c.draft_id == draft_id)
    ).scalar_one()
    connection.execute(
        draft_comments.insert(),
        {
            "draft_id": draft_id,
            "number": (last or 0) + 1,
            "element_id": element_id,
            "text": text,
            "made_at": made[0],
            "made_by": made[1],
            "settled_at": None,
            "settled_by": None,
        },
    )


def settle(
    connection: sa.Connection, draft_id: UUID, number: int, settled: tuple[dt.datetime, str] | None
) -> None:
    """Mark a comment as settled (when, and by whom), or (None) as open again.

    Raises:
        NoSuchComment: there is none.
    """
    at, by = settled or (None, None)
    statement = (
        draft_comments.update()
        .where(draft_comments.c.draft_id == draft_id, draft_comments.c.number == number)
        .values(settled_at=at, settled_by=by)
        .returning(draft_comments.c.number)
    )
    if connection.execute(statement).scalar_one_or_none() is None:
        raise NoSuchComment


def is_here(engine: sa.Engine, draft_id: UUID, person_id: str, now: dt.datetime) -> None:
    """Write down that a person has a draft open."""
    with writing(engine) as connection, connection.begin():
        connection.execute(
            upsert(draft_readers, connection)
            .values(draft_id=draft_id, person_id=person_id, seen_at=now)
            .on_conflict_do_update(index_elements=["draft_id", "person_id"], set_={"seen_at": now})
        )


def others_here(
    connection: sa.Connection, draft_id: UUID, person_id: str, now: dt.datetime
) -> dict[str, dt.datetime]:
    """Return who else has a draft open, with when they were last seen."""
    rows = connection.execute(
        sa.select(draft_readers.c.person_id, draft_readers.c.seen_at)
        .where(
            draft_readers.c.draft_id == draft_id,
            draft_readers.c.person_id != person_id,
            draft_readers.c.seen_at > now - PRESENT,
        )
        .order_by(draft_readers.c.person_id)
    )
    return {row.person_id: row.seen_at for row in rows}
