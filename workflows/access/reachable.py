"""Who can be told that a case needs them: its agencies, and people who answer for it."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access.people import ADMIN, FAMILY, MANAGER, OWNER
from workflows.store.tables import agencies, involvements, memberships, people, teams


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who can be told: `person:…` or `agency:…`, with name and address."""

    id: str
    name: str
    email: str


def reachable(connection: sa.Connection, case_id: UUID) -> list[Reachable]:
    """Return the agencies involved in a case, then managers, then members of its teams."""
    return [*_agencies(connection, case_id), *_people(connection, case_id)]


def _agencies(connection: sa.Connection, case_id: UUID) -> list[Reachable]:
    statement = (
        sa.select(agencies.c.id, agencies.c.name, agencies.c.email)
        .distinct()
        .join(teams, teams.c.agency_id == agencies.c.id)
        .join(involvements, involvements.c.team_id == teams.c.id)
        .where(involvements.c.case_id == case_id, agencies.c.email != "")
        .order_by(agencies.c.name, agencies.c.id)
    )
    return [
        Reachable(f"agency:{row.id}", f"The manager at {row.name}", row.email)
        for row in connection.execute(statement)
    ]


def _people(connection: sa.Connection, case_id: UUID) -> list[Reachable]:
    on_case = sa.select(involvements.c.team_id).where(involvements.c.case_id == case_id)
    is_manager = memberships.c.role == MANAGER
    statement = (
        sa.select(people.c.id, people.c.name, people.c.email, sa.func.max(_one_if(is_manager)))
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            people.c.active,
            people.c.email != "",
            memberships.c.role.not_in([FAMILY, OWNER, ADMIN]),
            sa.or_(is_manager, memberships.c.team_id.in_(on_case)),
        )
        .group_by(people.c.id, people.c.name, people.c.email)
        .order_by(sa.func.max(_one_if(is_manager)).desc(), people.c.name, people.c.id)
    )
    return [
        Reachable(f"person:{identifier}", f"{name}{', manager' if manager else ''}", email)
        for identifier, name, email, manager in connection.execute(statement)
    ]


def _one_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)
