"""Which cases a person may see: by involvement, refused by default, and restricted for some."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.access import restricted
from workflows.access.people import ROLE_NAMES, SEES_ALL, Person
from workflows.access.restricted import Viewer
from workflows.store.privacy_tables import restrictions
from workflows.store.tables import cases, involvements, parties

BY_GLASS = "Break-glass"


class NoSuchCase(errors.NotFound):
    """There is no such case, or it is not one of yours."""


class RestrictedCase(NoSuchCase):
    """This case is restricted. You can open it only with a stated reason, and others are told."""


def visible_cases(person: Person) -> sa.ColumnElement[bool]:
    """Return the condition on `cases` that holds for those which a person may see."""
    return sa.and_(_normally_visible(person), not_hidden(person, cases.c.id))


def sees(person: Person, case_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Return the same for a column that names a case: asked of each row, for lists that are cut short."""
    open_to = not_hidden(person, case_id)
    if person.sees_all_cases:
        return open_to
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
    return sa.and_(sa.or_(*conditions), open_to) if conditions else sa.false()


def not_hidden(person: Person, case_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Return the condition that no restriction hides a case, named by a column, from a person."""
    return restricted.lets_in(Viewer.of(person), case_id)


def why_may_see(connection: sa.Connection, person: Person, case_id: UUID) -> str:
    """Return why a person may see a case, for the record of access.

    Raises:
        RestrictedCase: they would see it by their role or part in it, were it not restricted.
        NoSuchCase: they may not, or there is none.
    """
    found = connection.execute(
        sa.select(
            not_hidden(person, cases.c.id).label("is_open"),
            restricted.is_restricted(cases.c.id).label("is_restricted"),
        ).where(cases.c.id == case_id, _normally_visible(person))
    ).one_or_none()
    if found is None:
        raise NoSuchCase
    if not found.is_open:
        raise RestrictedCase(details={"case_id": str(case_id)})
    why = _reason(connection, person, case_id)
    if found.is_restricted and case_id in person.opened:
        return f"{BY_GLASS}: {why}"
    return why


def refuse_hidden(connection: sa.Connection, person: Person, case_id: UUID) -> None:
    """Refuse whoever a restriction keeps out, whatever part they have in the case.

    Raises:
        RestrictedCase: they are not let in.
    """
    held = connection.execute(
        sa.select(restrictions.c.case_id).where(
            restrictions.c.case_id == case_id, ~not_hidden(person, restrictions.c.case_id)
        )
    ).one_or_none()
    if held is not None:
        raise RestrictedCase(details={"case_id": str(case_id)})


def may_break_glass(connection: sa.Connection, person: Person, case_id: UUID) -> str:
    """Return the reference of a restricted case that a person would see by role, were it not restricted.

    Raises:
        NoSuchCase: they would not, or it is not restricted, or it lets them in already.
    """
    found: str | None = connection.execute(
        sa.select(cases.c.reference).where(
            cases.c.id == case_id, _normally_visible(person), ~not_hidden(person, cases.c.id)
        )
    ).scalar_one_or_none()
    if found is None:
        raise NoSuchCase
    return found


def roles_in(connection: sa.Connection, person: Person, case_id: UUID) -> frozenset[str]:
    """Return the roles in which a person has a part in a case that they may see.

    A role in a team counts where that team has that part; roles that see all cases count always.
    """
    involved = connection.execute(
        sa.select(involvements.c.team_id, involvements.c.role).where(
            involvements.c.case_id == case_id,
            involvements.c.team_id.in_(person.team_ids),
            not_hidden(person, involvements.c.case_id),
        )
    )
    parts = {(row.team_id, row.role) for row in involved}
    held = {each.role for each in person.memberships if (each.team_id, each.role) in parts}
    everywhere = person.roles & SEES_ALL
    if everywhere - held:
        try:
            refuse_hidden(connection, person, case_id)
        except RestrictedCase:
            everywhere = frozenset()
    return frozenset(held) | everywhere


def _normally_visible(person: Person) -> sa.ColumnElement[bool]:
    """Return the condition on `cases` for those which a person would see without restrictions."""
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


def sees_every(connection: sa.Connection, person: Person, case_ids: Collection[UUID]) -> bool:
    """Tell whether a person may see each of some cases."""
    wanted = set(case_ids)
    statement = sa.select(sa.func.count()).where(cases.c.id.in_(wanted), visible_cases(person))
    return connection.execute(statement).scalar_one() == len(wanted)


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
