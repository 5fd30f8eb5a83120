"""The people who can sign in, or could: searched by name and email, narrowed by role and team."""

from dataclasses import dataclass

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Page
from workflows.access.people import ROLE_NAMES
from workflows.store.tables import memberships, people, teams


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Who is wanted; what is empty narrows nothing. `state`: active, deactivated, invited or ""."""

    q: str = ""
    role: str = ""
    team: str = ""
    state: str = "active"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with their roles in words; `has_password` is False until they chose one."""

    id: str
    name: str
    email: str
    active: bool
    has_password: bool
    roles: tuple[str, ...]


def people_list(
    connection: sa.Connection,
    chosen: PeopleFilter,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[PersonRow]:
    """Return people by name, a page at a time.

    Raises:
        paging.BadCursor: the cursor is none of ours.
    """
    count = paging.limit_of(limit)
    statement = sa.select(*people.c).where(*_conditions(chosen))
    if cursor:
        name, person_id = paging.decode(cursor, 2)
        statement = statement.where(sa.tuple_(people.c.name, people.c.id) > (name, person_id))
    rows = connection.execute(statement.order_by(people.c.name, people.c.id).limit(count + 1)).all()
    held = roles_of(connection, [row.id for row in rows[:count]])
    items = tuple(
        PersonRow(
            row.id,
            row.name,
            row.email,
            row.active,
            bool(row.password_hash),
            held.get(row.id, ()),
        )
        for row in rows[:count]
    )
    more = len(rows) > count
    return Page(items, paging.encode(items[-1].name, items[-1].id) if more else None)


def roles_of(connection: sa.Connection, person_ids: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the roles of people in words."""
    rows = connection.execute(
        sa.select(memberships.c.person_id, memberships.c.role, teams.c.name)
        .outerjoin(teams, teams.c.id == memberships.c.team_id)
        .where(memberships.c.person_id.in_(person_ids))
        .order_by(memberships.c.person_id, memberships.c.role, teams.c.name)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        words = f"{ROLE_NAMES.get(row.role, row.role)}, {row.name or 'across the authority'}"
        found[row.person_id] = (*found.get(row.person_id, ()), words)
    return found


def _conditions(chosen: PeopleFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if chosen.q.strip():
        wanted = chosen.q.strip().lower()
        found.append(
            sa.or_(
                sa.func.lower(people.c.name).contains(wanted, autoescape=True),
                people.c.email.contains(wanted, autoescape=True),
            )
        )
    if chosen.role or chosen.team:
        of = sa.select(memberships.c.person_id)
        of = of.where(memberships.c.role == chosen.role) if chosen.role else of
        of = of.where(memberships.c.team_id == chosen.team) if chosen.team else of
        found.append(people.c.id.in_(of))
    if chosen.state == "active":
        found.append(people.c.active)
    if chosen.state == "deactivated":
        found.append(sa.not_(people.c.active))
    if chosen.state == "invited":
        found += [people.c.active, people.c.password_hash == ""]
    return found
