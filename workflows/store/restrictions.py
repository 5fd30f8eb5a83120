"""Restrictions of cases as they are kept: while there is a row, the case is hidden from most."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import tasks
from workflows.store.privacy_tables import restriction_people, restriction_teams, restrictions
from workflows.store.tables import involvements, memberships, people, teams


class NotRestricted(errors.Conflict):
    """This case is not restricted."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """Why a case is restricted, since when, by whom, and who is let in."""

    kind: str
    reason: str
    restricted_at: dt.datetime
    restricted_by: str
    people: frozenset[str]
    teams: frozenset[str]


def load(connection: sa.Connection, case_id: UUID) -> Restriction | None:
    """Return how a case is restricted, None where it is not."""
    row = connection.execute(
        sa.select(*restrictions.c).where(restrictions.c.case_id == case_id)
    ).one_or_none()
    if row is None:
        return None
    named = sa.select(restriction_people.c.person_id).where(restriction_people.c.case_id == case_id)
    chosen = sa.select(restriction_teams.c.team_id).where(restriction_teams.c.case_id == case_id)
    return Restriction(
        row.kind,
        row.reason,
        row.restricted_at,
        row.restricted_by,
        frozenset(connection.execute(named).scalars()),
        frozenset(connection.execute(chosen).scalars()),
    )


def keep(connection: sa.Connection, case_id: UUID, restriction: Restriction) -> None:
    """Restrict a case; what was chosen before is replaced."""
    drop(connection, case_id)
    connection.execute(
        restrictions.insert(),
        {
            "case_id": case_id,
            "kind": restriction.kind,
            "reason": restriction.reason,
            "restricted_at": restriction.restricted_at,
            "restricted_by": restriction.restricted_by,
        },
    )
    for table, column, chosen in (
        (restriction_people, "person_id", restriction.people),
        (restriction_teams, "team_id", restriction.teams),
    ):
        if chosen:
            connection.execute(
                table.insert(), [{"case_id": case_id, column: each} for each in sorted(chosen)]
            )


def drop(connection: sa.Connection, case_id: UUID) -> bool:
    """Lift a restriction; tell whether there was one."""
    for table in (restriction_people, restriction_teams):
        connection.execute(table.delete().where(table.c.case_id == case_id))
    gone = connection.execute(
        restrictions.delete()
        .where(restrictions.c.case_id == case_id)
        .returning(restrictions.c.case_id)
    )
    return gone.one_or_none() is not None


def teams_on_case(connection: sa.Connection, case_id: UUID) -> tuple[tuple[str, str], ...]:
    """Return id and name of the teams that have a part in a case, by name."""
    rows = connection.execute(
        sa.select(teams.c.id, teams.c.name)
        .distinct()
        .join(involvements, involvements.c.team_id == teams.c.id)
        .where(involvements.c.case_id == case_id)
        .order_by(teams.c.name, teams.c.id)
    )
    return tuple((row.id, row.name) for row in rows)


def who_can_be_named(
    connection: sa.Connection, case_id: UUID, roles: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return id and name of who would see a case: by one of `roles`, or by a team with a part in it."""
    on_case = sa.select(involvements.c.team_id).where(involvements.c.case_id == case_id)
    rows = connection.execute(
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            people.c.active,
            sa.or_(memberships.c.role.in_(sorted(roles)), memberships.c.team_id.in_(on_case)),
        )
        .order_by(people.c.name, people.c.id)
    )
    return tuple((row.id, row.name) for row in rows)


def taken_by_others(
    connection: sa.Connection, case_id: UUID, roles: Collection[str], let_in: Restriction
) -> Sequence[Any]:
    """Return the open tasks of some roles that are taken by people who are not let in.

    Stands on ix_tasks_subject_id.
    """
    members = sa.select(memberships.c.person_id).where(
        memberships.c.team_id.in_(sorted(let_in.teams))
    )
    return connection.execute(
        sa.select(tasks.c.id, tasks.c.instance_id)
        .where(
            tasks.c.subject_id == case_id,
            tasks.c.status == "open",
            tasks.c.role.in_(sorted(roles)),
            tasks.c.assignee != "",
            tasks.c.assignee.not_in(sorted(let_in.people)),
            tasks.c.assignee.not_in(members),
        )
        .order_by(tasks.c.id)
    ).all()
