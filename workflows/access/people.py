"""People with their roles in teams."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors, ports
from workflows.store.tables import (
    agencies,
    involvements,
    memberships,
    people,
    personal_links,
    teams,
)

CASEWORK: Final = "sen_casework"
PANEL: Final = "decision_panel"
FAMILY: Final = "childs_parent_or_young_person"
COMMISSIONING: Final = "commissioning"
MANAGER: Final = "manager"
OWNER: Final = "owner"
ADMIN: Final = "admin"
SEES_ALL: Final = frozenset({CASEWORK, PANEL, MANAGER})
ROLE_NAMES: Final = {
    CASEWORK: "SEN casework",
    PANEL: "Decision panel",
    "education_setting": "Education setting",
    "educational_psychology": "Educational psychology",
    "health": "Health",
    "social_care": "Social care",
    FAMILY: "Child’s parent or young person",
    "mediation_adviser": "Mediation adviser",
    "personal_budgets": "Personal budgets",
    COMMISSIONING: "Commissioning",
    MANAGER: "Manager",
    OWNER: "Process owner",
    ADMIN: "Administrator",
}


# Whoever comments on the local offer without signing in.
PUBLIC: Final = ports.Actor(id="public", name="The public")
_LINK: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class NoSuchPerson(errors.NotFound):
    """There is no such person."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A role, in a team or (with an empty `team_id`) across the authority."""

    team_id: str
    team_name: str
    agency_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Person(ports.Actor):
    """Someone who signs in. `opened`: restricted cases that they broke the glass of, for now."""

    email: str = ""
    memberships: tuple[Membership, ...] = ()
    opened: frozenset[UUID] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """Codes of all roles."""
        return frozenset(each.role for each in self.memberships)

    @property
    def team_ids(self) -> tuple[str, ...]:
        """Teams that the person is a member of."""
        return tuple(dict.fromkeys(each.team_id for each in self.memberships if each.team_id))

    @property
    def sees_all_cases(self) -> bool:
        """SEN casework, the panel and managers answer for every case of the authority."""
        return bool(self.roles & SEES_ALL)

    @property
    def is_family(self) -> bool:
        """A parent or a young person."""
        return FAMILY in self.roles

    def is_in(self, team_id: str, role: str) -> bool:
        """Tell whether the person does a role's work in a team; families are in none."""
        return role != FAMILY and any(
            each.team_id == team_id and each.role == role for each in self.memberships
        )


def person(connection: sa.Connection, person_id: str) -> Person:
    """Return a person who may sign in.

    Raises:
        NoSuchPerson: there is none, or no longer.
    """
    return _one(connection, people.c.id == person_id)


def person_by_email(connection: sa.Connection, email: str) -> Person:
    """Return a person by email address.

    Raises:
        NoSuchPerson: there is none, or no longer.
    """
    return _one(connection, people.c.email == email.strip().lower())


def names(connection: sa.Connection, person_ids: set[str]) -> dict[str, str]:
    """Return the names of people by identifier; "system" is ehcflow itself.

    Who acts by a personal link has the identifier of the link.
    """
    wanted = {each for each in person_ids if each}
    rows = connection.execute(sa.select(people.c.id, people.c.name).where(people.c.id.in_(wanted)))
    found = {"system": ports.SYSTEM.name, **{row.id: row.name for row in rows}}
    return {**_names_of_links(connection, wanted - found.keys()), **found}


def _names_of_links(connection: sa.Connection, identifiers: set[str]) -> dict[str, str]:
    wanted = [UUID(each) for each in identifiers if _LINK.fullmatch(each)]
    if not wanted:
        return {}
    links = personal_links
    rows = connection.execute(sa.select(links.c.id, links.c.name).where(links.c.id.in_(wanted)))
    return {str(row.id): f"{row.name} (by personal link)" for row in rows}


def team_mates(connection: sa.Connection, person: Person) -> list[tuple[str, str]]:
    """Return id and name of those who share a team with a person, by name; the person too."""
    statement = (
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.team_id.in_(person.team_ids), people.c.active)
        .order_by(people.c.name, people.c.id)
    )
    return [(row.id, row.name) for row in connection.execute(statement)]


def colleagues(connection: sa.Connection, team_id: str, role: str) -> list[tuple[str, str]]:
    """Return id and name of those who do a role's work in a team, by name."""
    statement = (
        sa.select(people.c.id, people.c.name)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.team_id == team_id, memberships.c.role == role, people.c.active)
        .order_by(people.c.name, people.c.id)
    )
    return [(row.id, row.name) for row in connection.execute(statement)]


def at_work() -> sa.Select[tuple[str]]:
    """Return the identifiers of active people who do a team's work."""
    return (
        sa.select(people.c.id)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(people.c.active, memberships.c.team_id != "", memberships.c.role != FAMILY)
    )


def caseworkers(connection: sa.Connection, case_id: UUID) -> list[tuple[str, str]]:
    """Return id and name of those who do SEN casework in a team that works on a case, by name."""
    of_case = sa.select(involvements.c.team_id).where(involvements.c.case_id == case_id)
    statement = (
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.role == CASEWORK, memberships.c.team_id.in_(of_case), people.c.active)
        .order_by(people.c.name, people.c.id)
    )
    return [(row.id, row.name) for row in connection.execute(statement)]


def emails_of_role(connection: sa.Connection, role: str) -> list[tuple[str, str]]:
    """Return id and email address of those who have a role and can sign in, by address."""
    statement = (
        sa.select(people.c.id, people.c.email)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.role == role, people.c.active)
        .order_by(people.c.email, people.c.id)
    )
    return [(row.id, row.email) for row in connection.execute(statement)]


def doers(
    connection: sa.Connection, kinds: Collection[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, str]]:
    """Return who does the work of some roles in some teams: identifier to name, by team and role."""
    statement = (
        sa.select(memberships.c.team_id, memberships.c.role, people.c.id, people.c.name)
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.team_id.in_({team for team, _ in kinds}), people.c.active)
        .order_by(people.c.name, people.c.id)
    )
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in connection.execute(statement):
        if (row.team_id, row.role) in kinds:
            found.setdefault((row.team_id, row.role), {})[row.id] = row.name
    return found


def with_teams(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return id and name of everybody who does the work of a team, by name."""
    statement = (
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(people.c.active, memberships.c.team_id != "", memberships.c.role != FAMILY)
        .order_by(people.c.name, people.c.id)
    )
    return [(row.id, row.name) for row in connection.execute(statement)]


def setting(connection: sa.Connection, person_id: str, name: str) -> object:
    """Return what a person has set for themselves, None where nothing is."""
    kept = connection.execute(
        sa.select(people.c.settings).where(people.c.id == person_id)
    ).scalar_one_or_none()
    return (kept or {}).get(name)


def set_for(connection: sa.Connection, person_id: str, name: str, value: str) -> None:
    """Keep what a person has set for themselves."""
    where = people.c.id == person_id
    kept = connection.execute(sa.select(people.c.settings).where(where).with_for_update())
    settings = {**(kept.scalar_one() or {}), name: value}
    connection.execute(people.update().where(where).values(settings=settings))


def staff_of_authority(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return id and name of those who work for the authority, by name; families do not."""
    statement = (
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .outerjoin(teams, teams.c.id == memberships.c.team_id)
        .outerjoin(agencies, agencies.c.id == teams.c.agency_id)
        .where(
            people.c.active,
            memberships.c.role != FAMILY,
            sa.or_(memberships.c.team_id == "", agencies.c.kind == "authority"),
        )
        .order_by(people.c.name, people.c.id)
    )
    return [(row.id, row.name) for row in connection.execute(statement)]


def _one(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Person:
    statement = (
        sa.select(
            people.c.id,
            people.c.name,
            people.c.email,
            memberships.c.team_id,
            memberships.c.role,
            teams.c.name.label("team_name"),
            agencies.c.name.label("agency_name"),
        )
        .select_from(
            people.outerjoin(memberships, memberships.c.person_id == people.c.id)
            .outerjoin(teams, teams.c.id == memberships.c.team_id)
            .outerjoin(agencies, agencies.c.id == teams.c.agency_id)
        )
        .where(where, people.c.active)
        .order_by(memberships.c.team_id, memberships.c.role)
    )
    rows = connection.execute(statement).all()
    if not rows:
        raise NoSuchPerson
    held = tuple(
        Membership(row.team_id, row.team_name or "", row.agency_name or "", row.role)
        for row in rows
        if row.role
    )
    return Person(rows[0].id, rows[0].name, rows[0].email, held)
