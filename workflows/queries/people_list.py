"""The people who can sign in, or could: searched by name and email, narrowed by role and team."""

from dataclasses import dataclass

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
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
    statement = sa.select(*people.c).where(*_conditions(chosen))
    order = Order((people.c.name, people.c.id))
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    held = roles_of(connection, [row.id for row in page.items])
    return page.of(
        lambda row: PersonRow(
            row.id,
            row.name,
            row.email,
            row.active,
            bool(row.password_hash),
            held.get(row.id, ()),
        )
    )


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
