"""A team: who is in it, and what waits for it, without a child’s name."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.access.people import ROLE_NAMES
from workflows.store import organisation
from workflows.store.tables import agencies, cases, memberships, people, teams

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role in the team."""

    person_id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """An open task: what, on which case, and who has it."""

    id: UUID
    name: str
    reference: str
    assignee: str
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team with its members, by role, and its open tasks, at most a hundred of them."""

    id: str
    name: str
    email: str
    agency_id: str
    agency_name: str
    closed_at: dt.datetime | None
    members: tuple[Member, ...]
    tasks: tuple[WaitingTask, ...]
    open_tasks: int


def team_page(connection: sa.Connection, team_id: str) -> TeamPage:
    """Return a team.

    Raises:
        organisation.NoSuchTeam: there is none.
    """
    row = connection.execute(
        sa.select(*teams.c, agencies.c.name.label("agency_name"))
        .join(agencies, agencies.c.id == teams.c.agency_id)
        .where(teams.c.id == team_id)
    ).one_or_none()
    if row is None:
        raise organisation.NoSuchTeam
    return TeamPage(
        row.id,
        row.name,
        row.email,
        row.agency_id,
        row.agency_name,
        row.closed_at,
        _members(connection, team_id),
        waiting_tasks(connection, tasks.c.team_id == team_id),
        organisation.open_tasks(connection, team_id),
    )


def waiting_tasks(
    connection: sa.Connection, which: sa.ColumnElement[bool]
) -> tuple[WaitingTask, ...]:
    """Return some open tasks, the one due first first; on the indexes of tasks by team and assignee."""
    rows = connection.execute(
        sa.select(
            tasks.c.id,
            tasks.c.name,
            tasks.c.label,
            tasks.c.due_at,
            cases.c.reference,
            people.c.name.label("assignee_name"),
        )
        .join(cases, cases.c.id == tasks.c.subject_id)
        .outerjoin(people, people.c.id == tasks.c.assignee)
        .where(which, tasks.c.status == "open")
        .order_by(tasks.c.due_at, tasks.c.id)
        .limit(SHOWN)
    )
    return tuple(
        WaitingTask(
            row.id,
            f"{row.name}: {row.label}" if row.label else row.name,
            row.reference,
            row.assignee_name or "",
            row.due_at,
        )
        for row in rows
    )


def _members(connection: sa.Connection, team_id: str) -> tuple[Member, ...]:
    rows = connection.execute(
        sa.select(people.c.id, people.c.name, memberships.c.role)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.team_id == team_id, people.c.active)
        .order_by(memberships.c.role, people.c.name, people.c.id)
    )
    return tuple(Member(row.id, row.name, ROLE_NAMES.get(row.role, row.role)) for row in rows)
