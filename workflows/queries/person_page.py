"""A person as administrators see them: roles, sign-in, what they have, whom they are family of."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from engine import errors
from engine.store.tables import tasks
from workflows.access import sign_in
from workflows.access.people import ROLE_NAMES
from workflows.queries.team_page import WaitingTask, waiting_tasks
from workflows.store import directory
from workflows.store.administration_tables import invitations
from workflows.store.tables import cases, memberships, parties, people, sessions, teams


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its team ("" across the authority), and in words."""

    team_id: str
    role: str
    words: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person.

    Attributes:
        seen_at: When a session was used last, None while there is none.
        invited_until: Until when a link to choose a password is good, None where none is.
        locked: Too many wrong passwords keep them out for a while.
        cases: References of cases that they see as a party.
    """

    id: str
    name: str
    email: str
    active: bool
    has_password: bool
    roles: tuple[Role, ...]
    seen_at: dt.datetime | None
    invited_until: dt.datetime | None
    locked: bool
    tasks: tuple[WaitingTask, ...]
    open_tasks: int
    cases: tuple[str, ...]


def person_page(connection: sa.Connection, person_id: str, now: dt.datetime) -> PersonPage:
    """Return a person.

    Raises:
        errors.NotFound: there is none.
    """
    row = connection.execute(sa.select(*people.c).where(people.c.id == person_id)).one_or_none()
    if row is None:
        raise errors.NotFound("There is no such person.")
    seen = connection.execute(
        sa.select(sa.func.max(sessions.c.seen_at)).where(sessions.c.person_id == person_id)
    ).scalar_one()
    invited = connection.execute(
        sa.select(sa.func.max(invitations.c.expires_at)).where(
            invitations.c.person_id == person_id,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now,
        )
    ).scalar_one()
    keys = {f"account:{row.email}": sign_in.FAILURES_PER_ACCOUNT}
    return PersonPage(
        row.id,
        row.name,
        row.email,
        row.active,
        bool(row.password_hash),
        _roles(connection, person_id),
        seen,
        invited,
        sign_in.is_blocked(connection, keys, now),
        waiting_tasks(connection, tasks.c.assignee == person_id),
        directory.tasks_held(connection, person_id),
        _cases(connection, person_id),
    )


def _roles(connection: sa.Connection, person_id: str) -> tuple[Role, ...]:
    rows = connection.execute(
        sa.select(memberships.c.team_id, memberships.c.role, teams.c.name)
        .outerjoin(teams, teams.c.id == memberships.c.team_id)
        .where(memberships.c.person_id == person_id)
        .order_by(memberships.c.role, teams.c.name, memberships.c.team_id)
    )
    return tuple(
        Role(
            row.team_id,
            row.role,
            f"{ROLE_NAMES.get(row.role, row.role)}, {row.name or 'across the authority'}",
        )
        for row in rows
    )


def _cases(connection: sa.Connection, person_id: str) -> tuple[str, ...]:
    rows = connection.execute(
        sa.select(cases.c.reference)
        .distinct()
        .join(parties, parties.c.case_id == cases.c.id)
        .where(parties.c.person_id == person_id)
        .order_by(cases.c.reference)
    )
    return tuple(rows.scalars())
