"""How much waits for each team and each person: open tasks, those overdue, those nobody has taken."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.calendar import london
from workflows.queries.board_filter import NONE, BoardFilter
from workflows.store.tables import people, teams


@dataclass(frozen=True, slots=True)
class Load:
    """Open tasks of a team or a person; `cases`: on how many cases."""

    id: str
    name: str
    open: int
    overdue: int
    unassigned: int
    cases: int


@dataclass(frozen=True, slots=True)
class Loads:
    """By team and by person, the most overdue first. `today`: what is due before it is overdue."""

    teams: tuple[Load, ...]
    people: tuple[Load, ...]
    today: dt.date


def board_load(connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime) -> Loads:
    """Return who has how much to do; reads the open tasks alone, by ix_tasks_status_due_at_id."""
    today = london.local_date(now)
    begins = london.start_of_day(today)
    where = _conditions(chosen)
    by_team = _rows(connection, tasks.c.team_id, teams, begins, where)
    by_person = _rows(
        connection, tasks.c.assignee, people, begins, [*where, tasks.c.assignee != ""]
    )
    return Loads(by_team, by_person, today)


def _conditions(chosen: BoardFilter) -> list[sa.ColumnElement[bool]]:
    where = [tasks.c.status == "open"]
    if chosen.process:
        where.append(tasks.c.root_process_key == chosen.process)
    if chosen.team:
        where.append(tasks.c.team_id == ("" if chosen.team == NONE else chosen.team))
    if chosen.agency:
        own = sa.select(teams.c.id).where(teams.c.agency_id == chosen.agency)
        where.append(tasks.c.team_id == "" if chosen.agency == NONE else tasks.c.team_id.in_(own))
    return where


def _rows(
    connection: sa.Connection,
    whose: sa.ColumnElement[Any],
    named: sa.Table,
    begins: dt.datetime,
    where: list[sa.ColumnElement[bool]],
) -> tuple[Load, ...]:
    counted = _counted(whose, begins, where)
    rows = connection.execute(
        sa.select(*counted.c, named.c.name)
        .select_from(counted.outerjoin(named, named.c.id == counted.c.id))
        .order_by(counted.c.overdue.desc(), counted.c.open.desc(), counted.c.id)
    )
    return tuple(
        Load(
            row.id,
            row.name or row.id,
            int(row.open),
            int(row.overdue),
            int(row.unassigned),
            row.cases,
        )
        for row in rows
    )


def _counted(
    whose: sa.ColumnElement[Any], begins: dt.datetime, where: list[sa.ColumnElement[bool]]
) -> sa.Subquery:
    on_case = (  # by case first: to count cases that differ would sort all tasks
        sa.select(
            whose.label("id"),
            sa.func.count().label("open"),
            sa.func.sum(sa.case((tasks.c.due_at < begins, 1), else_=0)).label("overdue"),
            sa.func.sum(sa.case((tasks.c.assignee == "", 1), else_=0)).label("unassigned"),
        )
        .where(*where)
        .group_by(whose, tasks.c.subject_id)
        .subquery()
    )
    return (
        sa.select(
            on_case.c.id,
            *(
                sa.func.sum(on_case.c[each]).label(each)
                for each in ("open", "overdue", "unassigned")
            ),
            sa.func.count().label("cases"),
        )
        .group_by(on_case.c.id)
        .subquery()
    )
