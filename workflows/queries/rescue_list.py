"""Cases that an action would still save, the greatest gain first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import tasks
from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.store.forecast_tables import forecast_rescues, forecasts
from workflows.store.tables import cases, teams

_ORDER: Final = Order(
    (
        forecast_rescues.c.gain,
        forecast_rescues.c.case_id,
        forecast_rescues.c.action,
        forecast_rescues.c.step,
    ),
    falling=1,
)


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
    statement = _statement(person, chosen)
    return paging.page(connection, statement, _ORDER, limit=limit, cursor=cursor).of(_row)


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
    )
    for column, value in ((rescues.c.action, chosen.action), (forecasts.c.area, chosen.area)):
        if value:
            statement = statement.where(column == value)
    if chosen.case_id:
        statement = statement.where(rescues.c.case_id == chosen.case_id)
    return statement


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
