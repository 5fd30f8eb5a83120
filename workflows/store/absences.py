"""Absences: who is away from when to when, and who stands in for which of their roles."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store import batches
from workflows.store.batch_tables import absence_deputies, absences

OPEN: Final = ("planned", "running")


class NoSuchAbsence(errors.NotFound):
    """There is no such absence."""


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who stands in for a role in a team."""

    team_id: str
    role: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Away:
    """An absence with its deputies."""

    id: UUID
    person_id: str
    from_date: dt.date
    to_date: dt.date
    deputies: Mapping[tuple[str, str], str]


def add(connection: sa.Connection, values: Mapping[str, Any], deputies: Sequence[Deputy]) -> None:
    """Keep a new absence."""
    connection.execute(absences.insert(), {**values, "status": "planned"})
    rows = [
        {
            "absence_id": values["id"],
            "team_id": each.team_id,
            "role": each.role,
            "deputy_id": each.person_id,
        }
        for each in deputies
    ]
    if rows:
        connection.execute(absence_deputies.insert(), rows)


def lock(connection: sa.Connection, absence_id: UUID) -> Any:  # noqa: ANN401
    """Lock and return an absence.

    Raises:
        NoSuchAbsence: there is none.
    """
    row = connection.execute(
        sa.select(*absences.c).where(absences.c.id == absence_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchAbsence
    return row


def update(connection: sa.Connection, absence_id: UUID, **values: object) -> None:
    """Change an absence."""
    connection.execute(absences.update().where(absences.c.id == absence_id).values(**values))


def lock_all(connection: sa.Connection) -> None:
    """Let nobody else enter an absence meanwhile: two could make a circle that neither sees."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE absences IN SHARE ROW EXCLUSIVE MODE"))


def between(
    connection: sa.Connection,
    first: dt.date,
    last: dt.date,
    person_ids: Collection[str] | None = None,
) -> list[Away]:
    """Return the absences that touch a period. Stands on ix_absences_status_to_date.

    Args:
        connection: Where to read.
        first: The first day of the period.
        last: Its last day.
        person_ids: Whose; None for everybody's.
    """
    statement = (
        sa.select(absences.c.id, absences.c.person_id, absences.c.from_date, absences.c.to_date)
        .where(
            absences.c.status.in_(OPEN),
            absences.c.to_date >= first,
            absences.c.from_date <= last,
        )
        .order_by(absences.c.from_date, absences.c.id)
    )
    if person_ids is not None:
        statement = statement.where(absences.c.person_id.in_(person_ids))
    rows = connection.execute(statement).all()
    deputies = deputies_of(connection, [row.id for row in rows])
    return [
        Away(row.id, row.person_id, row.from_date, row.to_date, deputies.get(row.id, {}))
        for row in rows
    ]


def deputies_of(
    connection: sa.Connection, found: Sequence[UUID]
) -> dict[UUID, dict[tuple[str, str], str]]:
    """Return who stands in, by absence and by team and role."""
    if not found:
        return {}
    rows = connection.execute(
        sa.select(*absence_deputies.c)
        .where(absence_deputies.c.absence_id.in_(found))
        .order_by(absence_deputies.c.team_id, absence_deputies.c.role)
    )
    deputies: dict[UUID, dict[tuple[str, str], str]] = {}
    for row in rows:
        deputies.setdefault(row.absence_id, {})[row.team_id, row.role] = row.deputy_id
    return deputies


def stands_in(away: Sequence[Away], person_id: str, team_id: str, role: str) -> str:
    """Return who does the work of a person: themselves, their deputy, or their deputy’s."""
    seen = {person_id}
    person = person_id
    while True:
        deputies = [
            each.deputies.get((team_id, role), "") for each in away if each.person_id == person
        ]
        following = next((each for each in deputies if each), "")
        if not following or following in seen:
            return person
        seen.add(following)
        person = following


def to_begin(connection: sa.Connection, today: dt.date) -> list[UUID]:
    """Return the absences whose first day has come."""
    statement = sa.select(absences.c.id).where(
        absences.c.status == "planned", absences.c.from_date <= today
    )
    return list(connection.execute(statement.order_by(absences.c.id)).scalars())


def to_finish(connection: sa.Connection, today: dt.date) -> list[UUID]:
    """Return the absences whose last day has passed. Stands on ix_absences_status_to_date."""
    statement = sa.select(absences.c.id).where(
        absences.c.status == "running", absences.c.to_date < today
    )
    return list(connection.execute(statement.order_by(absences.c.id)).scalars())


def end(connection: sa.Connection, row: Any, by: str, now: dt.datetime) -> None:  # noqa: ANN401
    """End a running absence: what was moved for it comes back, where nobody began it."""
    update(connection, row.id, status="over", ended_at=now)
    if row.batch_id is None:
        return
    batch = batches.lock(connection, row.batch_id)
    if batch.status != "undoing":
        batches.update(connection, batch.id, status="undoing", undone_by=by, ended_at=None)
