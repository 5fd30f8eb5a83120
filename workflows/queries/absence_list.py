"""Who is away, from when to when, and who stands in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.access.people import ROLE_NAMES
from workflows.store import absences as store
from workflows.store.batch_tables import absences
from workflows.store.tables import teams


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in for a role in a team, in words."""

    team_id: str
    role: str
    person_id: str
    name: str
    role_name: str
    team_name: str


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence. `batch_id`: what moved their open tasks, None where nothing did."""

    id: UUID
    person_id: str
    name: str
    from_date: dt.date
    to_date: dt.date
    reason: str
    move_open: bool
    status: str
    set_by: str
    batch_id: UUID | None
    deputies: tuple[StandIn, ...]

    @property
    def is_open(self) -> bool:
        """It runs or is to come."""
        return self.status in store.OPEN


def absence_list(connection: sa.Connection, person_id: str = "") -> tuple[Absence, ...]:
    """Return the absences that run or are to come, earliest first; of one person if wanted.

    Stands on ix_absences_status_to_date.
    """
    statement = sa.select(*absences.c).where(absences.c.status.in_(store.OPEN))
    if person_id:
        statement = statement.where(absences.c.person_id == person_id)
    rows = connection.execute(statement.order_by(absences.c.from_date, absences.c.id)).all()
    return _absences(connection, rows)


def absence(connection: sa.Connection, absence_id: UUID) -> Absence:
    """Return one absence.

    Raises:
        store.NoSuchAbsence: there is none.
    """
    rows = connection.execute(sa.select(*absences.c).where(absences.c.id == absence_id)).all()
    if not rows:
        raise store.NoSuchAbsence
    return _absences(connection, rows)[0]


def away_now(connection: sa.Connection, today: dt.date) -> Mapping[str, str]:
    """Return for each who is away until when and who stands in, in words."""
    found = store.between(connection, today, today)
    ids = {deputy for each in found for deputy in each.deputies.values()}
    names = people.names(connection, ids)
    return {each.person_id: _words(each, names) for each in found}


def _words(away: store.Away, names: Mapping[str, str]) -> str:
    until = f"away until {away.to_date.day} {away.to_date:%B %Y}"
    deputies = [names.get(each, "") for each in dict.fromkeys(away.deputies.values())]
    known = [each for each in deputies if each]
    if not known:
        return until
    return f"{until}, {'deputy' if len(known) == 1 else 'deputies'} {' and '.join(known)}"


def _absences(connection: sa.Connection, rows: Sequence[Any]) -> tuple[Absence, ...]:
    deputies = store.deputies_of(connection, [row.id for row in rows])
    involved = {each for found in deputies.values() for each in found.values()}
    involved |= {each for row in rows for each in (row.person_id, row.set_by)}
    names = people.names(connection, involved)
    called = {row.id: row.name for row in connection.execute(sa.select(teams.c.id, teams.c.name))}
    return tuple(
        Absence(
            row.id,
            row.person_id,
            names.get(row.person_id, ""),
            row.from_date,
            row.to_date,
            row.reason,
            row.move_open,
            row.status,
            names.get(row.set_by, ""),
            row.batch_id,
            tuple(
                StandIn(
                    team,
                    role,
                    deputy,
                    names.get(deputy, ""),
                    ROLE_NAMES.get(role, role),
                    called.get(team, ""),
                )
                for (team, role), deputy in deputies.get(row.id, {}).items()
            ),
        )
        for row in rows
    )
