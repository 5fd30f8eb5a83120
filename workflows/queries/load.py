"""What each person and team has to do: open, overdue, due this week, and not taken by anybody."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.access.people import FAMILY
from workflows.calendar import london
from workflows.store.tables import cases, memberships, people, teams

WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Load:
    """What a person or a team has to do, in numbers of open tasks.

    Attributes:
        unassigned: Nobody has taken them; 0 for a person.
        cases: Open cases whose key contact the person is; 0 for a team.
    """

    id: str
    name: str
    open: int = 0
    overdue: int = 0
    due_this_week: int = 0
    unassigned: int = 0
    cases: int = 0

    @property
    def later(self) -> int:
        """Open and due later than this week."""
        return self.open - self.overdue - self.due_this_week


@dataclass(frozen=True, slots=True)
class Loads:
    """The load of all people who do a team's work, and of all teams with open tasks."""

    people: tuple[Load, ...]
    teams: tuple[Load, ...]


def load(connection: sa.Connection, team_id: str = "", *, now: dt.datetime) -> Loads:
    """Return who has how much to do, whoever has most first.

    Reads nothing but ix_tasks_load and ix_cases_key_contact, once each.

    Args:
        connection: Where to read.
        team_id: Only the members of this team.
        now: To tell what is overdue.
    """
    rows = connection.execute(_counted(london.local_date(now))).all()
    contacts = {
        row.key_contact: row.number
        for row in connection.execute(
            sa.select(cases.c.key_contact, sa.func.count().label("number"))
            .where(cases.c.status == "open", cases.c.key_contact != "")
            .group_by(cases.c.key_contact)
        )
    }
    by_person = _summed(rows, "assignee")
    by_team = _summed(rows, "team_id")
    persons = [
        _load(row, by_person.get(row.id), cases_=contacts.get(row.id, 0))
        for row in connection.execute(_members(team_id))
    ]
    of_teams = [
        _load(row, by_team[row.id])
        for row in connection.execute(
            sa.select(teams.c.id, teams.c.name).order_by(teams.c.name, teams.c.id)
        )
        if row.id in by_team and team_id in {"", row.id}
    ]
    return Loads(tuple(sorted(persons, key=_heaviest)), tuple(sorted(of_teams, key=_heaviest)))


def _counted(today: dt.date) -> sa.Select[Any]:
    start, week = london.start_of_day(today), london.start_of_day(today + WEEK)

    def counted(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return (
        sa.select(
            tasks.c.team_id,
            tasks.c.assignee,
            sa.func.count().label("open"),
            counted(tasks.c.due_at < start).label("overdue"),
            counted(sa.and_(tasks.c.due_at >= start, tasks.c.due_at < week)).label("this_week"),
        )
        .where(tasks.c.status == "open")
        .group_by(tasks.c.team_id, tasks.c.assignee)
    )


def _members(team_id: str) -> sa.Select[Any]:
    statement = (
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(people.c.active, memberships.c.team_id != "", memberships.c.role != FAMILY)
        .order_by(people.c.name, people.c.id)
    )
    return statement.where(memberships.c.team_id == team_id) if team_id else statement


def _summed(rows: Iterable[Any], key: str) -> dict[str, list[int]]:
    """Return open, overdue, due this week and unassigned by person or by team."""
    found: dict[str, list[int]] = {}
    for row in rows:
        identifier = getattr(row, key)
        if identifier:
            sums = found.setdefault(identifier, [0, 0, 0, 0])
            free = 0 if row.assignee else row.open
            for place, value in enumerate((row.open, row.overdue, row.this_week, free)):
                sums[place] += int(value)
    return found


def _load(row: Any, sums: list[int] | None, cases_: int = 0) -> Load:  # noqa: ANN401
    open_, overdue, this_week, unassigned = sums or (0, 0, 0, 0)
    return Load(row.id, row.name, open_, overdue, this_week, unassigned, cases_)


def _heaviest(load_: Load) -> tuple[int, int, str]:
    return -load_.open, -load_.cases, load_.name
