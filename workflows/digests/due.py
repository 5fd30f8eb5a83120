"""Who is still to be written to on a day: people who sign in, and teams of whom nobody does."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.store.database import upsert
from workflows.access.people import FAMILY, MANAGER
from workflows.digests import recipients
from workflows.digests.preference import Covers, Frequency, frequency_of
from workflows.store.digest_tables import digests
from workflows.store.tables import memberships, people, teams

AT_HOUR: Final = 7  # in London
SETTING: Final = "digest"  # within a person's settings


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is written to. `ways`: team and role of their work, role "" for a team's address."""

    recipient: str
    email: str
    person_id: str
    ways: tuple[tuple[str, str], ...]
    frequency: Frequency = Frequency.DAILY
    is_manager: bool = False


def due_recipients(
    connection: sa.Connection, day: dt.date, *, after: str = "", limit: int = 200
) -> tuple[str, ...]:
    """Return recipients without a digest for a day, in order, from after one of them.

    Grows with people and teams, not with cases; stands on the primary key of digests.
    """
    parts = (_people(), _teams())
    together = sa.union_all(*parts).subquery()
    written = sa.exists().where(digests.c.recipient == together.c.recipient, digests.c.day == day)
    rows = connection.execute(
        sa.select(together.c.recipient)
        .where(together.c.recipient > after, ~written)
        .order_by(together.c.recipient)
        .limit(limit)
    )
    return tuple(rows.scalars())


def _people() -> sa.Select[Any]:
    """Select people who do some role's work; families are asked by their own letters."""
    works = sa.exists().where(memberships.c.person_id == people.c.id, memberships.c.role != FAMILY)
    name = sa.literal("person:", sa.String) + people.c.id
    return sa.select(name.label("recipient")).where(people.c.active, works)


def _teams() -> sa.Select[Any]:
    """Select teams with an address and without anybody who signs in."""
    anybody = sa.exists().where(
        memberships.c.team_id == teams.c.id,
        people.c.id == memberships.c.person_id,
        people.c.active,
    )
    name = sa.literal("team:", sa.String) + teams.c.id
    return sa.select(name.label("recipient")).where(teams.c.email != "", ~anybody)


def addressee(connection: sa.Connection, recipient: str) -> Addressee | None:
    """Return who a recipient is, None where they have left meanwhile."""
    kind, _, identifier = recipient.partition(":")
    if kind == "team":
        email = connection.execute(
            sa.select(teams.c.email).where(teams.c.id == identifier)
        ).scalar_one_or_none()
        if not email:
            return None
        return Addressee(recipient, email, "", ((identifier, ""),))
    rows = connection.execute(
        sa.select(people.c.email, people.c.settings, memberships.c.team_id, memberships.c.role)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(people.c.id == identifier, people.c.active, memberships.c.role != FAMILY)
        .order_by(memberships.c.team_id, memberships.c.role)
    ).all()
    if not rows:
        return None
    return Addressee(
        recipients.person(identifier),
        rows[0].email,
        identifier,
        tuple((row.team_id, row.role) for row in rows if row.team_id),
        frequency_of(rows[0].settings.get(SETTING)),
        any(row.role == MANAGER for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Since:
    """From when on something is news: of one's work, and of what was escalated to managers."""

    work: dt.datetime
    escalations: dt.datetime


def last_told(connection: sa.Connection, recipient: str, *, otherwise: dt.datetime) -> Since:
    """Return since when news are news for somebody; `otherwise` before the first digest."""
    everything = sa.case((digests.c.covers == Covers.ALL, digests.c.at))
    row = connection.execute(
        sa.select(
            sa.func.max(everything).label("work"), sa.func.max(digests.c.at).label("escalations")
        ).where(digests.c.recipient == recipient, digests.c.covers != Covers.NOTHING)
    ).one()
    return Since(row.work or otherwise, row.escalations or otherwise)


def claim(
    connection: sa.Connection, recipient: str, day: dt.date, covered: Covers, now: dt.datetime
) -> bool:
    """Write down that somebody is told on a day; tell whether nobody else had done so."""
    statement = (
        upsert(digests, connection)
        .values(recipient=recipient, day=day, covers=covered, at=now)
        .on_conflict_do_nothing()
        .returning(digests.c.recipient)
    )
    return connection.execute(statement).scalar_one_or_none() is not None
