"""Agencies that can be written to, and the cases in which they owe something."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.access.sight import sees
from workflows.agencies import letters
from workflows.store.tables import agencies, cases, deadlines, teams


@dataclass(frozen=True, slots=True)
class Owed:
    """What an agency owes in a case: the oldest of it."""

    case_id: UUID
    reference: str
    title: str
    due: dt.date
    is_late: bool


def agencies_to_write_to(connection: sa.Connection) -> tuple[tuple[str, str], ...]:
    """Return identifier and name of the agencies other than the authority, by name."""
    rows = connection.execute(
        sa.select(agencies.c.id, agencies.c.name)
        .where(agencies.c.kind != "authority")
        .order_by(agencies.c.name, agencies.c.id)
    )
    return tuple((row.id, row.name) for row in rows)


def agency_of(connection: sa.Connection, team_id: str) -> str:
    """Return the agency of a team, "" for no team."""
    found = connection.execute(
        sa.select(teams.c.agency_id).where(teams.c.id == team_id)
    ).scalar_one_or_none()
    return found or ""


def owed_by(
    connection: sa.Connection,
    person: Person,
    agency_id: str,
    today: dt.date,
    *,
    late_only: bool = False,
) -> tuple[Owed, ...]:
    """Return the cases that a person sees in which an agency owes something, oldest first.

    Stands on ix_deadlines_agency_id_state_due; no more than one email takes.
    """
    statement = (
        sa.select(
            cases.c.id,
            cases.c.reference,
            deadlines.c.title,
            deadlines.c.due,
        )
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(
            deadlines.c.agency_id == agency_id,
            deadlines.c.state == "open",
            sees(person, deadlines.c.case_id),
        )
        .order_by(deadlines.c.due, cases.c.reference, deadlines.c.duty, deadlines.c.qualifier)
        .limit(letters.MOST)
    )
    if late_only:
        statement = statement.where(deadlines.c.due < today)
    first: dict[UUID, Owed] = {}
    for row in connection.execute(statement):
        found = Owed(row.id, row.reference, row.title, row.due, row.due < today)
        first.setdefault(row.id, found)
    return tuple(first.values())


def one_case(
    connection: sa.Connection, person: Person, case_id: UUID
) -> tuple[str, tuple[str, ...]] | None:
    """Return the reference of a case and the agencies that owe something in it.

    None where the person does not see the case.
    """
    reference = connection.execute(
        sa.select(cases.c.reference).where(cases.c.id == case_id, sees(person, cases.c.id))
    ).scalar_one_or_none()
    if reference is None:
        return None
    owing = connection.execute(
        sa.select(deadlines.c.agency_id)
        .distinct()
        .where(deadlines.c.case_id == case_id, deadlines.c.state == "open")
        .order_by(deadlines.c.agency_id)
    ).scalars()
    return reference, tuple(each for each in owing if each)
