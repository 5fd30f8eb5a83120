"""Break the glass of a restricted case: for a while, on record, and others are told at once."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.access.people import ADMIN, MANAGER, Person
from workflows.store.privacy_tables import broken_glass, glass_alerts, restriction_people
from workflows.store.tables import cases, memberships, people


class NoSuchAlert(errors.NotFound):
    """There is no such alert, or it is not for you."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A glass that was broken: whose, of which case, why, and until when it lets them in."""

    id: UUID
    case_id: UUID
    person_id: str
    reason: str
    at: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told that a glass was broken."""

    person_id: str
    name: str
    email: str


def with_opened(connection: sa.Connection, person: Person, *, now: dt.datetime) -> Person:
    """Return a person with the restricted cases that are open to them just now.

    Stands on ix_broken_glass_person_id_until.
    """
    rows = connection.execute(
        sa.select(broken_glass.c.case_id).where(
            broken_glass.c.person_id == person.id, broken_glass.c.until > now
        )
    )
    opened = frozenset(rows.scalars())
    return dataclasses.replace(person, opened=opened) if opened else person


def whom_to_tell(connection: sa.Connection, case_id: UUID, breaker: str) -> tuple[Told, ...]:
    """Return whom a broken glass is told to: those named for the case, managers and administrators."""
    named = sa.select(restriction_people.c.person_id).where(restriction_people.c.case_id == case_id)
    heads = sa.select(memberships.c.person_id).where(memberships.c.role.in_([MANAGER, ADMIN]))
    rows = connection.execute(
        sa.select(people.c.id, people.c.name, people.c.email)
        .where(
            people.c.active,
            people.c.id != breaker,
            sa.or_(people.c.id.in_(named), people.c.id.in_(heads)),
        )
        .order_by(people.c.name, people.c.id)
    )
    return tuple(Told(*row) for row in rows)


def keep(connection: sa.Connection, broken: Broken, told: tuple[Told, ...]) -> None:
    """Write down that a glass was broken, and whom it is told to."""
    connection.execute(broken_glass.insert(), dataclasses.asdict(broken))
    if told:
        connection.execute(
            glass_alerts.insert(),
            [{"glass_id": broken.id, "person_id": each.person_id} for each in told],
        )


def acknowledge(
    connection: sa.Connection, glass_id: UUID, person_id: str, *, now: dt.datetime
) -> None:
    """Write down that somebody has taken note; the first time counts.

    Raises:
        NoSuchAlert: it was not told to them.
    """
    mine = (glass_alerts.c.glass_id == glass_id, glass_alerts.c.person_id == person_id)
    if connection.execute(sa.select(glass_alerts.c.glass_id).where(*mine)).one_or_none() is None:
        raise NoSuchAlert
    connection.execute(
        glass_alerts.update()
        .where(*mine, glass_alerts.c.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
    )


def unacknowledged(connection: sa.Connection, person_id: str) -> int:
    """Count the alerts that somebody has not acknowledged. Stands on ix_glass_alerts_new."""
    return connection.execute(
        sa.select(sa.func.count())
        .select_from(glass_alerts)
        .where(glass_alerts.c.person_id == person_id, glass_alerts.c.acknowledged_at.is_(None))
    ).scalar_one()


def reference(connection: sa.Connection, case_id: UUID) -> Any:  # noqa: ANN401
    """Return the reference of a case."""
    return connection.execute(
        sa.select(cases.c.reference).where(cases.c.id == case_id)
    ).scalar_one()
