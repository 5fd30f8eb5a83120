"""Comments on the local offer of a year: all of them for the authority, published ones for everybody."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.store import offer_comments as store
from workflows.store.report_tables import offer_comments, offer_years

MOST = 500  # comments of a year on one page


@dataclass(frozen=True, slots=True)
class OfferComment:
    """A comment. `published` holds the words that are or would be published."""

    id: UUID
    received_at: dt.datetime
    about: str
    who: str
    text: str
    state: str
    published: str
    left_out_because: str
    judged_by: str
    response: str


@dataclass(frozen=True, slots=True)
class OfferYear:
    """A year of comments. `introduction` is "" until it is published."""

    year: int
    counts: dict[str, int]
    answered: int
    introduction: str
    published_at: dt.datetime | None


def offer_comment_list(
    connection: sa.Connection, year: int, *, published: bool = False
) -> tuple[OfferComment, ...]:
    """Return the comments of a year, the oldest first; with `published`, those kept.

    Stands on ix_offer_comments_year_received_at_id.
    """
    statement = sa.select(*offer_comments.c).where(offer_comments.c.year == year)
    if published:
        statement = statement.where(offer_comments.c.state == store.KEPT)
    ordered = statement.order_by(offer_comments.c.received_at, offer_comments.c.id).limit(MOST)
    rows = connection.execute(ordered).all()
    names = people.names(connection, {row.judged_by for row in rows})
    about, who = dict(store.ABOUT), dict(store.WHO)
    return tuple(
        OfferComment(
            row.id,
            row.received_at,
            about[row.about],
            who[row.who],
            "" if published else row.text,
            row.state,
            row.published_text,
            row.judged_reason,
            names.get(row.judged_by, ""),
            row.response,
        )
        for row in rows
    )


def offer_years_list(connection: sa.Connection) -> tuple[OfferYear, ...]:
    """Return the years that have comments or were published, the newest first."""
    counted = connection.execute(
        sa.select(
            offer_comments.c.year,
            offer_comments.c.state,
            sa.func.count().label("times"),
            sa.func.count(offer_comments.c.answered_at).label("answered"),
        ).group_by(offer_comments.c.year, offer_comments.c.state)
    ).all()
    told = {row.year: row for row in connection.execute(sa.select(*offer_years.c))}
    years = sorted({row.year for row in counted} | told.keys(), reverse=True)
    return tuple(
        OfferYear(
            year,
            {row.state: row.times for row in counted if row.year == year},
            sum(row.answered for row in counted if row.year == year),
            told[year].introduction if year in told else "",
            told[year].published_at if year in told else None,
        )
        for year in years
    )
