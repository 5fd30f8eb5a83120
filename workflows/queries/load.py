"""What each person and team has to do: open, overdue, due this week and not taken; and their cases."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.access.people import at_work
from workflows.calendar import london
from workflows.queries.board_filter import NONE, BoardFilter
from workflows.store.tables import cases, memberships, people, teams

WEEK: Final = dt.timedelta(days=7)
EVERYTHING: Final = BoardFilter()


@dataclass(frozen=True, slots=True)
class Load:
    """What a person or a team has to do, in numbers of open tasks.

    Attributes:
        id, name: Both "" for the tasks of families, which belong to no team.
        unassigned: Nobody has taken them; 0 for a person.
        cases: Open cases whose key contact the person is, or a member of the team.
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
    """The load of all people who do a team's work, and of all teams with open tasks.

    `members`: the people of each team; `without_contact`: open cases whose key contact is nobody, or
    somebody who has left.
    """

    people: tuple[Load, ...]
    teams: tuple[Load, ...]
    members: Mapping[str, AbstractSet[str]]
    without_contact: int


def load(connection: sa.Connection, chosen: BoardFilter = EVERYTHING, *, now: dt.datetime) -> Loads:
    """Return who has how much to do, whoever has most first.

    Reads nothing but ix_tasks_load and ix_cases_key_contact, once each: as much as there is open.

    Args:
        connection: Where to read.
        chosen: Which tasks count, by process, agency and team.
        now: To tell what is overdue.
    """
    by_person: dict[str, Counter[str]] = defaultdict(Counter)
    by_team: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(_counted(chosen, london.local_date(now))):
        counts = {each: int(getattr(row, each)) for each in ("open", "overdue", "due_this_week")}
        by_person[row.assignee].update(counts)
        by_team[row.team_id].update(counts, unassigned=0 if row.assignee else row.open)
    names, members = _staff(connection)
    caseloads, called = _caseloads(connection), _team_names(connection)
    persons = (
        Load(each, name, cases=caseloads[each], **by_person[each]) for each, name in names.items()
    )
    of_teams = (
        Load(
            each,
            called.get(each, each),
            cases=sum(caseloads[one] for one in members.get(each, ())),
            **counts,
        )
        for each, counts in by_team.items()
    )
    without = sum(number for each, number in caseloads.items() if each not in names)
    return Loads(_heaviest_first(persons), _heaviest_first(of_teams), members, without)


def _counted(chosen: BoardFilter, today: dt.date) -> sa.Select[Any]:
    start, week = london.start_of_day(today), london.start_of_day(today + WEEK)

    def counted(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return (
        sa.select(
            tasks.c.team_id,
            tasks.c.assignee,
            sa.func.count().label("open"),
            counted(tasks.c.due_at < start).label("overdue"),
            counted(sa.and_(tasks.c.due_at >= start, tasks.c.due_at < week)).label("due_this_week"),
        )
        .where(tasks.c.status == "open", *_conditions(chosen))
        .group_by(tasks.c.team_id, tasks.c.assignee)
    )


def _conditions(chosen: BoardFilter) -> list[sa.ColumnElement[bool]]:
    where = []
    if chosen.process:
        where.append(tasks.c.root_process_key == chosen.process)
    if chosen.team:
        where.append(tasks.c.team_id == ("" if chosen.team == NONE else chosen.team))
    if chosen.agency:
        own = sa.select(teams.c.id).where(teams.c.agency_id == chosen.agency)
        where.append(tasks.c.team_id == "" if chosen.agency == NONE else tasks.c.team_id.in_(own))
    return where


def _caseloads(connection: sa.Connection) -> Mapping[str, int]:
    counted = (
        sa.select(cases.c.key_contact, sa.func.count().label("number"))
        .where(cases.c.status == "open")
        .group_by(cases.c.key_contact)
    )
    return Counter({row.key_contact: row.number for row in connection.execute(counted)})


def _staff(connection: sa.Connection) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the names of active people who do a team's work, and the members of each team."""
    names: dict[str, str] = {}
    members: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(at_work().add_columns(people.c.name, memberships.c.team_id)):
        names[row.id] = row.name
        members[row.team_id].add(row.id)
    return names, dict(members)


def _team_names(connection: sa.Connection) -> dict[str, str]:
    return {row.id: row.name for row in connection.execute(sa.select(teams.c.id, teams.c.name))}


def _heaviest_first(loads: Iterable[Load]) -> tuple[Load, ...]:
    return tuple(sorted(loads, key=lambda each: (-each.open, -each.cases, each.name, each.id)))
