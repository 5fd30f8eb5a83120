"""The agencies of the county with their teams and areas, as administrators see them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.store.tables import agencies, areas, memberships, people, teams


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, with how many can sign in for it and how many open tasks are with it."""

    id: str
    agency_id: str
    name: str
    email: str
    closed_at: dt.datetime | None
    members: int
    open_tasks: int


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with its teams."""

    id: str
    kind: str
    name: str
    email: str
    details: Mapping[str, Any]
    closed_at: dt.datetime | None
    teams: tuple[TeamRow, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area, with how many open agencies are in it."""

    code: str
    name: str
    closed_at: dt.datetime | None
    agencies: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """All agencies by name, and all areas."""

    agencies: tuple[AgencyRow, ...]
    areas: tuple[AreaRow, ...]


def agency_list(connection: sa.Connection) -> Organisation:
    """Return the agencies, open and closed, with their teams.

    The counts stand on ix_memberships_team_id_role and ix_tasks_team_id_role_status_due_at_id.
    """
    by_agency: dict[str, list[TeamRow]] = {}
    for row in _teams(connection):
        by_agency.setdefault(row.agency_id, []).append(row)
    rows = connection.execute(sa.select(*agencies.c).order_by(agencies.c.name, agencies.c.id)).all()
    found = tuple(
        AgencyRow(
            row.id,
            row.kind,
            row.name,
            row.email,
            row.details,
            row.closed_at,
            tuple(by_agency.get(row.id, ())),
        )
        for row in rows
    )
    listed = connection.execute(sa.select(*areas.c).order_by(areas.c.name, areas.c.code))
    of_areas = tuple(
        AreaRow(
            row.code,
            row.name,
            row.closed_at,
            sum(each.details.get("area") == row.code and not each.closed_at for each in found),
        )
        for row in listed
    )
    return Organisation(found, of_areas)


def _teams(connection: sa.Connection) -> list[TeamRow]:
    members = (
        sa.select(memberships.c.team_id, sa.func.count(sa.distinct(people.c.id)).label("members"))
        .join(people, people.c.id == memberships.c.person_id)
        .where(people.c.active)
        .group_by(memberships.c.team_id)
        .subquery()
    )
    waiting = (
        sa.select(tasks.c.team_id, sa.func.count().label("tasks"))
        .where(tasks.c.status == "open")
        .group_by(tasks.c.team_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(*teams.c, members.c.members, waiting.c.tasks)
        .outerjoin(members, members.c.team_id == teams.c.id)
        .outerjoin(waiting, waiting.c.team_id == teams.c.id)
        .order_by(teams.c.name, teams.c.id)
    )
    return [
        TeamRow(
            row.id,
            row.agency_id,
            row.name,
            row.email,
            row.closed_at,
            row.members or 0,
            row.tasks or 0,
        )
        for row in rows
    ]
