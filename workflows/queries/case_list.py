"""The cases that a person may see, found by name, reference or date of birth."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from workflows.access import people as directory
from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.rulebook import load
from workflows.store import search
from workflows.store.tables import agencies, case_trigrams, cases, deadlines, memberships, teams

NOBODY: Final = "nobody"  # as the key contact wanted


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What to show; an empty value does not narrow the list.

    Attributes:
        contact: Whose key contact is this person, or `NOBODY` who is still at work.
        team: Whose key contact is a member of this team.
    """

    text: str = ""
    status: str = ""
    outcome: str = ""
    area: str = ""
    contact: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    id: UUID
    reference: str
    child_name: str
    child_date_of_birth: dt.date
    setting_name: str
    area: str
    stage: str
    status: str
    outcome: str
    opened_at: dt.datetime
    due: dt.date | None
    state: str | None


def case_list(
    connection: sa.Connection,
    person: Person,
    chosen: CaseFilter,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[CaseRow]:
    """Return cases, newest reference first. Stands on uq_cases_reference and the trigrams' key."""
    statement = _statement().where(visible_cases(person), *_conditions(chosen))
    order = Order.newest_first(cases.c.reference)
    return paging.page(connection, statement, order, limit=limit, cursor=cursor).of(_row)


def whose(connection: sa.Connection, chosen: CaseFilter) -> str:
    """Return whose cases a list was narrowed to, in words; "" where it was not."""
    if chosen.contact == NOBODY:
        return "nobody is the key contact of"
    if chosen.contact:
        name = directory.names(connection, {chosen.contact}).get(chosen.contact)
        return f"{name or 'somebody unknown'} is the key contact of"
    if chosen.team:
        team = sa.select(teams.c.name).where(teams.c.id == chosen.team)
        name = connection.execute(team).scalar_one_or_none()
        return f"a member of {name or 'an unknown team'} is the key contact of"
    return ""


def possible_duplicates(
    connection: sa.Connection, person: Person, *, name: str, date_of_birth: dt.date | None
) -> list[CaseRow]:
    """Return cases that may be about the same child: by name, or by date of birth."""
    alike: list[sa.ColumnElement[bool]] = []
    if name.strip():
        alike.append(cases.c.id.in_(_like(name)))
    if date_of_birth is not None:
        alike = [(cases.c.child_date_of_birth == date_of_birth) & each for each in alike] + [
            cases.c.child_date_of_birth == date_of_birth
        ]
    if not alike:
        return []
    statement = _statement().where(visible_cases(person), sa.or_(*alike))
    ordered = statement.order_by(cases.c.reference.desc()).limit(5)
    return [_row(each) for each in connection.execute(ordered)]


def _statement() -> sa.Select[Any]:
    return sa.select(
        cases.c.id,
        cases.c.reference,
        cases.c.child_first_name,
        cases.c.child_last_name,
        cases.c.child_date_of_birth,
        agencies.c.name.label("setting_name"),
        cases.c.area,
        cases.c.stage,
        cases.c.status,
        cases.c.outcome,
        cases.c.opened_at,
        deadlines.c.due,
        deadlines.c.state,
    ).select_from(
        cases.outerjoin(agencies, agencies.c.id == cases.c.setting_id).outerjoin(
            deadlines,
            (deadlines.c.case_id == cases.c.id)
            & (deadlines.c.duty == load.current().headline)
            & (deadlines.c.qualifier == ""),
        )
    )


def _conditions(chosen: CaseFilter) -> list[sa.ColumnElement[bool]]:
    where = [
        column == value
        for value, column in (
            (chosen.status, cases.c.status),
            (chosen.outcome, cases.c.outcome),
            (chosen.area, cases.c.area),
        )
        if value
    ]
    if chosen.contact == NOBODY:
        where.append(cases.c.key_contact.not_in(directory.at_work()))
    elif chosen.contact:
        where.append(cases.c.key_contact == chosen.contact)
    if chosen.team:
        members = sa.select(memberships.c.person_id).where(memberships.c.team_id == chosen.team)
        where.append(cases.c.key_contact.in_(members))
    born = search.date_or_none(chosen.text.strip())
    if born is not None:
        where.append(cases.c.child_date_of_birth == born)
    elif chosen.text.strip():
        where.append(cases.c.id.in_(_like(chosen.text)))
    return where


def _like(text: str) -> sa.Select[Any]:
    """Return the cases that share at least half of a text's trigrams: typing errors are forgiven."""
    pieces = search.trigrams(text[:100])
    return (
        sa.select(case_trigrams.c.case_id)
        .where(case_trigrams.c.trigram.in_(pieces))
        .group_by(case_trigrams.c.case_id)
        .having(sa.func.count() >= max(1, (len(pieces) + 1) // 2))
    )


def _row(row: Any) -> CaseRow:  # noqa: ANN401
    return CaseRow(
        row.id,
        row.reference,
        f"{row.child_first_name} {row.child_last_name}",
        row.child_date_of_birth,
        row.setting_name or "",
        row.area,
        row.stage,
        row.status,
        row.outcome,
        row.opened_at,
        row.due,
        row.state,
    )
