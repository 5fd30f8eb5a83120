"""How many deadlines a list has, and how many more there are that one may not see."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.standing import day_of
from workflows.queries.deadline_conditions import deadline_conditions
from workflows.queries.deadline_list import DeadlineFilter
from workflows.store import closures
from workflows.store.tables import cases, deadlines


@dataclass(frozen=True, slots=True)
class DeadlineTotal:
    """How many are shown, on all pages; how many are of restricted cases, counted but not shown."""

    shown: int
    hidden: int


def deadline_total(
    connection: sa.Connection, person: Person, chosen: DeadlineFilter, *, now: dt.datetime
) -> DeadlineTotal:
    """Count what a list holds; only who answers for all cases is told of those that are hidden."""
    today = london.local_date(now)
    day = day_of(today, WorkingCalendar(closures.days(connection)))
    where = deadline_conditions(chosen, day)
    statement = (
        sa.select(sa.func.count())
        .select_from(deadlines.join(cases, cases.c.id == deadlines.c.case_id))
        .where(*where)
    )
    visible = visible_cases(person)
    shown = connection.execute(statement.where(visible)).scalar_one()
    hidden = 0
    if person.sees_all_cases:
        hidden = connection.execute(statement.where(~visible)).scalar_one()
    return DeadlineTotal(shown, hidden)
