"""Comments on the local offer: taken down, judged, answered, published by year."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store.report_tables import offer_comments, offer_years

NEW: Final = "new"
KEPT: Final = "kept"
LEFT_OUT: Final = "left_out"
LONGEST: Final = 4_000  # characters of a comment
# SEND Regulations 2014, reg 56(2): what comments may be about.
ABOUT: Final = (
    ("content", "What the local offer says, or leaves out"),
    ("provision", "The quality of the provision that it describes"),
    ("access", "How easy it is to find, read and use"),
    ("development", "How it was made and is reviewed"),
)
WHO: Final = (
    ("parent", "A parent or carer"),
    ("young_person", "A child or young person"),
    ("setting", "Somebody who works at a school or other setting"),
    ("professional", "Another professional"),
    ("other", "Somebody else"),
)


class NoSuchComment(errors.NotFound):
    """There is no such comment."""


class NoSuchYear(errors.NotFound):
    """Nothing has been published for this year."""


def take(connection: sa.Connection, values: dict[str, Any]) -> None:
    """Keep a comment as it came."""
    connection.execute(
        offer_comments.insert(),
        {
            **values,
            "state": NEW,
            "published_text": "",
            "judged_reason": "",
            "judged_by": "",
            "response": "",
            "answered_by": "",
        },
    )


def lock(connection: sa.Connection, comment_ids: Sequence[UUID]) -> list[Any]:
    """Lock and return comments.

    Raises:
        NoSuchComment: one of them is not there.
    """
    rows = list(
        connection.execute(
            sa.select(*offer_comments.c)
            .where(offer_comments.c.id.in_(comment_ids))
            .order_by(offer_comments.c.id)
            .with_for_update()
        )
    )
    if not rows or len(rows) != len(set(comment_ids)):
        raise NoSuchComment
    return rows


def update(connection: sa.Connection, comment_ids: Sequence[UUID], **values: object) -> None:
    """Change comments that are locked."""
    connection.execute(
        offer_comments.update().where(offer_comments.c.id.in_(comment_ids)).values(values)
    )


def count(connection: sa.Connection, year: int, state: str = "") -> int:
    """Count the comments of a year, in one state where it is named."""
    statement = sa.select(sa.func.count()).where(offer_comments.c.year == year)
    if state:
        statement = statement.where(offer_comments.c.state == state)
    return connection.execute(statement).scalar_one()


def published(connection: sa.Connection, year: int) -> Any | None:  # noqa: ANN401 (a row)
    """Return when a year was published, None where it was not."""
    return connection.execute(
        sa.select(*offer_years.c).where(offer_years.c.year == year)
    ).one_or_none()


def publish(
    connection: sa.Connection, year: int, introduction: str, *, at: dt.datetime, by: str
) -> None:
    """Publish a year, or publish it anew."""
    connection.execute(offer_years.delete().where(offer_years.c.year == year))
    connection.execute(
        offer_years.insert(),
        {"year": year, "introduction": introduction, "published_at": at, "published_by": by},
    )
