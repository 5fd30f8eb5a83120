"""Which cases a person may see: by involvement, refused by default."""

from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.access.people import ROLE_NAMES, SEES_ALL, Person
from workflows.store.tables import cases, involvements, parties


class NoSuchCase(errors.NotFound):
    """There is no such case, or it is not one of yours."""


def visible_cases(person: Person) -> sa.ColumnElement[bool]:
    """Return the condition on `cases` that holds for those which a person may see."""
    if person.sees_all_cases:
        return sa.true()
    conditions: list[sa.ColumnElement[bool]] = []
    if person.team_ids:
        involved = sa.select(involvements.c.case_id).where(
            involvements.c.team_id.in_(person.team_ids)
        )
        conditions.append(cases.c.id.in_(involved))
    if person.is_family:
        own = sa.select(parties.c.case_id).where(parties.c.person_id == person.id)
        conditions.append(cases.c.id.in_(own))
    return sa.or_(*conditions) if conditions else sa.false()


def sees(person: Person, case_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Return the same for a column that names a case: asked of each row, for lists that are cut short."""
    if person.sees_all_cases:
        return sa.true()
    conditions: list[sa.ColumnElement[bool]] = []
    if person.team_ids:
        conditions.append(
            sa.exists().where(
                involvements.c.case_id == case_id, involvements.c.team_id.in_(person.team_ids)
            )
        )
    if person.is_family:
        conditions.append(
            sa.exists().where(parties.c.case_id == case_id, parties.c.person_id == person.id)
        )
    return sa.or_(*conditions) if conditions else sa.false()


def why_may_see(connection: sa.Connection, person: Person, case_id: UUID) -> str:
    """Return why a person may see a case, for the record of access.

    Raises:
        NoSuchCase: they may not, or there is none.
    """
    found = connection.execute(
        sa.select(cases.c.id).where(cases.c.id == case_id, visible_cases(person))
    ).one_or_none()
    if found is None:
        raise NoSuchCase
    return _reason(connection, person, case_id)


def roles_in(connection: sa.Connection, person: Person, case_id: UUID) -> frozenset[str]:
    """Return the roles in which a person has a part in a case that they may see.

    A role in a team counts where that team has that part; roles that see all cases count always.
    """
    involved = connection.execute(
        sa.select(involvements.c.team_id, involvements.c.role).where(
            involvements.c.case_id == case_id, involvements.c.team_id.in_(person.team_ids)
        )
    )
    parts = {(row.team_id, row.role) for row in involved}
    held = {each.role for each in person.memberships if (each.team_id, each.role) in parts}
    return frozenset(held) | (person.roles & SEES_ALL)


def _reason(connection: sa.Connection, person: Person, case_id: UUID) -> str:
    """Name the team that is involved; else the role that sees all cases; else the family."""
    involved = connection.execute(
        sa.select(involvements.c.team_id, involvements.c.role).where(
            involvements.c.case_id == case_id, involvements.c.team_id.in_(person.team_ids)
        )
    ).all()
    teams = {row.team_id for row in involved}
    held = [each for each in person.memberships if (each.team_id, each.role) in set(involved)]
    held += [each for each in person.memberships if each.team_id in teams]
    held += [each for each in person.memberships if each.role in SEES_ALL]
    if not held:
        return "party to the case"
    return f"{ROLE_NAMES.get(held[0].role, held[0].role)}, {held[0].team_name or 'across the authority'}"
