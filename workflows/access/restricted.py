"""Restricted cases: hidden from all but those who were let in when the case was restricted.

Let in are the people and the teams that were named; the family itself; whoever of another agency has
an open task on the case, for as long as it is open; and who broke the glass, for an hour. To be let in
adds nothing to what one may see otherwise: a restriction takes away only.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine.store import tables as engine_tables
from workflows.access.people import SEES_ALL, Person
from workflows.store import tables
from workflows.store.privacy_tables import restriction_people, restriction_teams, restrictions

OPEN_FOR: Final = dt.timedelta(hours=1)  # how long a broken glass lets somebody in
KINDS: Final = (
    ("colleague_family", "A colleague’s family"),
    ("hidden_address", "An address that must stay hidden"),
    ("adoption", "Adoption"),
    ("police_or_court", "A police or court matter"),
    ("other", "Another reason"),
)
TITLES: Final = dict(KINDS)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `ways`: team and role of work for other agencies, role "" for any."""

    person_id: str = ""
    team_ids: Collection[str] = ()
    ways: Collection[tuple[str, str]] = ()
    opened: Collection[UUID] = ()

    @classmethod
    def of(cls, person: Person) -> "Viewer":
        """Return a person who is signed in, with the glass that they broke."""
        ways = [(each.team_id, each.role) for each in person.memberships]
        return cls(person.id, person.team_ids, agency_ways(ways), person.opened)


def agency_ways(ways: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return which of somebody's teams and roles see a case only by a part in it."""
    return tuple((team, role) for team, role in ways if team and role not in SEES_ALL)


def lets_in(viewer: Viewer, case_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Return the condition that a case, named by a column, is not restricted, or lets somebody in.

    Asked of each row by the key of the restrictions, of which there are few: what it costs does not
    grow with the cases.
    """
    held = restrictions.alias("held")
    return ~sa.exists().where(held.c.case_id == case_id, ~sa.or_(*_ways_in(viewer, held.c.case_id)))


def hidden_cases(connection: sa.Connection, viewer: Viewer) -> tuple[UUID, ...]:
    """Return the cases that restrictions hide from somebody: few, and mostly none.

    Lists that count within an index ask this first, and leave everything as it is where there is none:
    to look each row up would cost them the index.
    """
    held = restrictions.alias("held")
    rows = connection.execute(
        sa.select(held.c.case_id)
        .where(~sa.or_(*_ways_in(viewer, held.c.case_id)))
        .order_by(held.c.case_id)
    )
    return tuple(rows.scalars())


def is_restricted(case_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Return whether a case, named by a column, is restricted: lists then leave initials out."""
    held = restrictions.alias("restricting")
    return sa.exists().where(held.c.case_id == case_id)


def _ways_in(viewer: Viewer, case_id: sa.ColumnElement[UUID]) -> list[sa.ColumnElement[bool]]:
    """Return how somebody is let in; tables are aliased, for the statement around may have them."""
    named, teams = restriction_people.alias("named"), restriction_teams.alias("let_in_team")
    party, task = tables.parties.alias("own_party"), engine_tables.tasks.alias("open_task")
    found: list[sa.ColumnElement[bool]] = []
    if viewer.person_id:
        found += [
            sa.exists().where(named.c.case_id == case_id, named.c.person_id == viewer.person_id),
            sa.exists().where(party.c.case_id == case_id, party.c.person_id == viewer.person_id),
        ]
    if viewer.team_ids:
        mine = teams.c.team_id.in_(list(viewer.team_ids))
        found.append(sa.exists().where(teams.c.case_id == case_id, mine))
    if viewer.ways:
        at_work = [
            sa.and_(
                task.c.team_id == team,
                task.c.role == role if role else task.c.role.not_in(sorted(SEES_ALL)),
            )
            for team, role in viewer.ways
        ]
        found.append(
            sa.exists().where(
                task.c.subject_id == case_id, task.c.status == "open", sa.or_(*at_work)
            )
        )
    if viewer.opened:
        found.append(case_id.in_(list(viewer.opened)))
    return found or [sa.false()]


def tasks_outside(hidden: Collection[UUID]) -> sa.ColumnElement[bool]:
    """Return the condition that a task is of none of these cases; it stays within any index."""
    if not hidden:
        return sa.true()
    tasks = engine_tables.tasks
    other = tasks.alias("hidden_task")
    return tasks.c.id.not_in(sa.select(other.c.id).where(other.c.subject_id.in_(hidden)))
