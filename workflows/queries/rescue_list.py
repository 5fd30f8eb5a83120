"""Cases that an action would still save, the greatest gain first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Page
from engine.store.tables import tasks
from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.store.forecast_tables import forecast_rescues, forecasts
from workflows.store.tables import cases, teams


@dataclass(frozen=True, slots=True)
class RescueFilter:
    """Which rescues; `case_id` for those of one case."""

    action: str = ""
    area: str = ""
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RescueRow:
    """An action for a case.

    Attributes:
        step: What it is about, in words.
        before, after: The chance to be late, without it and with it.
        task_id: The open task that it is about; None where that has not opened yet.
        team_name: Whose task that is.
    """

    case_id: UUID
    case_reference: str
    child_initials: str
    due: dt.date
    action: str
    step: str
    before: float
    after: float
    gain: float
    task_id: UUID | None
    team_name: str
    area: str


def rescue_list(
    connection: sa.Connection,
    person: Person,
    chosen: RescueFilter,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[RescueRow]:
    """Return what would save cases, by page. Stands on ix_forecast_rescues_gain_case_id."""
    wanted = paging.limit_of(limit)
    statement = _statement(person, chosen)
    if cursor:
        statement = statement.where(_after(cursor))
    rows = [_row(each) for each in connection.execute(statement.limit(wanted + 1))]
    more = None
    if len(rows) > wanted:
        last = rows[wanted - 1]
        more = paging.encode(last.gain, last.case_id, last.action, last.step)
    return Page(tuple(rows[:wanted]), more)


def _statement(person: Person, chosen: RescueFilter) -> sa.Select[Any]:
    rescues = forecast_rescues
    statement = (
        sa.select(
            *rescues.c,
            forecasts.c.due,
            forecasts.c.area,
            cases.c.reference,
            cases.c.child_first_name,
            cases.c.child_last_name,
            teams.c.name.label("team_name"),
        )
        .join(forecasts, forecasts.c.case_id == rescues.c.case_id)
        .join(cases, cases.c.id == rescues.c.case_id)
        .outerjoin(tasks, tasks.c.id == rescues.c.task_id)
        .outerjoin(teams, teams.c.id == tasks.c.team_id)
        .where(visible_cases(person))
        .order_by(rescues.c.gain.desc(), rescues.c.case_id, rescues.c.action, rescues.c.step)
    )
    for column, value in ((rescues.c.action, chosen.action), (forecasts.c.area, chosen.area)):
        if value:
            statement = statement.where(column == value)
    if chosen.case_id:
        statement = statement.where(rescues.c.case_id == chosen.case_id)
    return statement


def _after(cursor: str) -> sa.ColumnElement[bool]:
    rescues = forecast_rescues
    gain, case_id, action, step = paging.decode(cursor, 4)
    try:
        number, identifier = float(gain), UUID(case_id)
    except ValueError as error:
        raise paging.BadCursor from error
    there = sa.tuple_(
        sa.literal(identifier, rescues.c.case_id.type), sa.literal(action), sa.literal(step)
    )
    beyond = sa.tuple_(rescues.c.case_id, rescues.c.action, rescues.c.step) > there
    return sa.or_(rescues.c.gain < number, sa.and_(rescues.c.gain == number, beyond))


def _row(row: Any) -> RescueRow:  # noqa: ANN401
    return RescueRow(
        case_id=row.case_id,
        case_reference=row.reference,
        child_initials=f"{row.child_first_name[:1]}{row.child_last_name[:1]}",
        due=row.due,
        action=row.action,
        step=row.step,
        before=row.before,
        after=row.after,
        gain=row.gain,
        task_id=row.task_id,
        team_name=row.team_name or "",
        area=row.area,
    )
