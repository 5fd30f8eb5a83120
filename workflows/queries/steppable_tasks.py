"""Open tasks that a manager may choose to step in on, by whom they wait for and how late they are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import tasks
from engine.store.types import FAR_FUTURE
from workflows.access.people import FAMILY, Person
from workflows.access.sight import sees
from workflows.batches.operation import MOST
from workflows.calendar import london
from workflows.store import absences
from workflows.store.tables import cases, people, teams

SHOWN: Final = 100
WEEK: Final = dt.timedelta(days=7)
NOBODY: Final = "nobody"
ABSENT: Final = "absent"


class Due(StrEnum):
    """When a task is due."""

    OVERDUE = "overdue"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tasks; an empty value does not narrow them.

    `person`: who has them, `NOBODY`, or `ABSENT` for all who are away. `ids`: chosen one by one.
    """

    person: str = ""
    team: str = ""
    role: str = ""
    process: str = ""
    area: str = ""
    due: str = ""
    ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task that may be chosen."""

    id: UUID
    instance_id: UUID
    case_id: UUID
    reference: str
    name: str
    label: str
    role: str
    team_id: str
    team_name: str
    assignee: str
    assignee_name: str
    area: str
    due: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """Tasks, most urgent first: at most `MOST`, which is what can be done at once."""

    tasks: tuple[Task, ...]
    are_all: bool


def steppable_tasks(
    connection: sa.Connection, person: Person, choice: Choice, *, now: dt.datetime
) -> Found:
    """Return open tasks of cases that a person sees; those of families are nobody's to give away.

    Stands on ix_tasks_load, ix_tasks_assignee_status_due_at_id and ix_tasks_status_due_at_id.
    """
    statement = (
        sa.select(
            tasks.c.id,
            tasks.c.instance_id,
            cases.c.id.label("case_id"),
            cases.c.reference,
            tasks.c.name,
            tasks.c.label,
            tasks.c.role,
            tasks.c.team_id,
            teams.c.name.label("team_name"),
            tasks.c.assignee,
            people.c.name.label("assignee_name"),
            cases.c.area,
            tasks.c.due_at,
        )
        .select_from(
            tasks.join(cases, cases.c.id == tasks.c.subject_id)
            .outerjoin(teams, teams.c.id == tasks.c.team_id)
            .outerjoin(people, people.c.id == tasks.c.assignee)
        )
        .where(
            tasks.c.status == "open",
            tasks.c.role != FAMILY,
            sees(person, tasks.c.subject_id),
            *_conditions(connection, choice, london.local_date(now)),
        )
        .order_by(tasks.c.due_at, tasks.c.id)
        .limit(MOST + 1)
    )
    rows = connection.execute(statement).all()
    return Found(tuple(_task(row) for row in rows[:MOST]), len(rows) <= MOST)


def _conditions(
    connection: sa.Connection, choice: Choice, today: dt.date
) -> list[sa.ColumnElement[bool]]:
    where = [
        column == value
        for value, column in (
            (choice.team, tasks.c.team_id),
            (choice.role, tasks.c.role),
            (choice.process, tasks.c.root_process_key),
            (choice.area, cases.c.area),
        )
        if value
    ]
    if choice.ids:
        where.append(tasks.c.id.in_(choice.ids))
    return [*where, *_of_person(connection, choice.person, today), *_due(choice.due, today)]


def _of_person(
    connection: sa.Connection, person: str, today: dt.date
) -> Sequence[sa.ColumnElement[bool]]:
    if person == NOBODY:
        return [tasks.c.assignee == ""]
    if person == ABSENT:
        away = {each.person_id for each in absences.between(connection, today, today)}
        return [tasks.c.assignee.in_(away)]
    return [tasks.c.assignee == person] if person else []


def _due(due: str, today: dt.date) -> Sequence[sa.ColumnElement[bool]]:
    start, week = london.start_of_day(today), london.start_of_day(today + WEEK)
    ways = {
        Due.OVERDUE: [tasks.c.due_at < start],
        Due.WEEK: [tasks.c.due_at >= start, tasks.c.due_at < week],
        Due.LATER: [tasks.c.due_at >= week],
    }
    return ways[Due(due)] if due in set(Due) else []


def _task(row: Any) -> Task:  # noqa: ANN401
    return Task(
        row.id,
        row.instance_id,
        row.case_id,
        row.reference,
        row.name,
        row.label,
        row.role,
        row.team_id,
        row.team_name or "",
        row.assignee,
        row.assignee_name or "",
        row.area,
        None if row.due_at == FAR_FUTURE else row.due_at,
    )
