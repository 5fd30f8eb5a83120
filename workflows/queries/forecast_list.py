"""Forecasts of open cases, for whoever may see the cases."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.rulebook import load
from workflows.store.forecast_tables import forecasts
from workflows.store.tables import agencies, cases, teams

_WEEK: Final = dt.timedelta(days=7)
_PIECE: Final = 500  # rows fetched at once for an export


class Sort(StrEnum):
    """What comes first."""

    CHANCE = "chance"
    DATE = "date"


_ORDERS: Final = {
    Sort.CHANCE: Order((forecasts.c.chance_late, forecasts.c.case_id), falling=1),
    Sort.DATE: Order((forecasts.c.due, forecasts.c.case_id)),
}


@dataclass(frozen=True, slots=True)
class ForecastFilter:
    """Which forecasts, in which order.

    Attributes:
        weeks: Due within so many weeks from today on; 0 for all.
        late: The date due has passed.
        driver: What takes most of the time that is left.
    """

    area: str = ""
    team: str = ""
    driver: str = ""
    weeks: int = 0
    late: bool = False
    at_risk: bool = False
    sort: Sort = Sort.CHANCE


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A forecast. `stale`: something happened since; it is being computed again."""

    case_id: UUID
    case_reference: str
    child_initials: str
    duty: str
    title: str
    due: dt.date
    p50: dt.date
    p80: dt.date
    chance_late: float
    at_risk: bool
    excused: bool
    driver: str
    driver_share: float
    area: str
    team_name: str
    agency_name: str
    computed_at: dt.datetime
    stale: bool


def forecast_list(
    connection: sa.Connection,
    person: Person,
    chosen: ForecastFilter,
    *,
    today: dt.date,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[ForecastRow]:
    """Return forecasts by page.

    Stands on ix_forecasts_chance_late_case_id and ix_forecasts_due_case_id.
    """
    statement = _statement(person, chosen, today)
    order = _ORDERS[chosen.sort]
    return paging.page(connection, statement, order, limit=limit, cursor=cursor).of(_row)


def every_forecast(
    connection: sa.Connection, person: Person, chosen: ForecastFilter, *, today: dt.date
) -> Iterator[ForecastRow]:
    """Yield all of them, as they come from the database."""
    found = connection.execution_options(yield_per=_PIECE).execute(
        _statement(person, chosen, today).order_by(*_ORDERS[chosen.sort].by())
    )
    for each in found:
        yield _row(each)


def forecast_of(connection: sa.Connection, person: Person, case_id: UUID) -> ForecastRow | None:
    """Return the forecast of one case; None where it has none, or is not the person's to see."""
    statement = _statement(person, ForecastFilter(), dt.date.min)
    row = connection.execute(statement.where(forecasts.c.case_id == case_id)).one_or_none()
    return None if row is None else _row(row)


def forecast_choices(
    connection: sa.Connection, person: Person
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what the list can be filtered by: teams (identifier and name), and drivers."""
    seen = sa.select(forecasts.c.team_id, forecasts.c.driver).join(
        cases, cases.c.id == forecasts.c.case_id
    )
    known = seen.where(visible_cases(person)).distinct().subquery()
    of_teams = (
        sa.select(teams.c.id, teams.c.name)
        .where(teams.c.id.in_(sa.select(known.c.team_id)))
        .order_by(teams.c.name, teams.c.id)
    )
    drivers = sa.select(known.c.driver).distinct().order_by(known.c.driver)
    return (
        [(row.id, row.name) for row in connection.execute(of_teams)],
        list(connection.execute(drivers).scalars()),
    )


def _statement(person: Person, chosen: ForecastFilter, today: dt.date) -> sa.Select[Any]:
    return (
        sa.select(
            *forecasts.c,
            cases.c.reference,
            cases.c.child_first_name,
            cases.c.child_last_name,
            teams.c.name.label("team_name"),
            agencies.c.name.label("agency_name"),
        )
        .select_from(
            forecasts.join(cases, cases.c.id == forecasts.c.case_id)
            .outerjoin(teams, teams.c.id == forecasts.c.team_id)
            .outerjoin(agencies, agencies.c.id == forecasts.c.agency_id)
        )
        .where(visible_cases(person), *_conditions(chosen, today))
    )


def _conditions(chosen: ForecastFilter, today: dt.date) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        column == value
        for column, value in (
            (forecasts.c.area, chosen.area),
            (forecasts.c.team_id, chosen.team),
            (forecasts.c.driver, chosen.driver),
        )
        if value
    ]
    if chosen.weeks:
        found += [forecasts.c.due >= today, forecasts.c.due <= today + chosen.weeks * _WEEK]
    if chosen.late:
        found.append(forecasts.c.due < today)
    if chosen.at_risk:
        found.append(forecasts.c.at_risk)
    return found


def _row(row: Any) -> ForecastRow:  # noqa: ANN401
    return ForecastRow(
        case_id=row.case_id,
        case_reference=row.reference,
        child_initials=f"{row.child_first_name[:1]}{row.child_last_name[:1]}",
        duty=row.duty,
        title=load.current().newest(row.duty).title,
        due=row.due,
        p50=row.p50,
        p80=row.p80,
        chance_late=row.chance_late,
        at_risk=row.at_risk,
        excused=row.excused,
        driver=row.driver,
        driver_share=row.driver_share,
        area=row.area,
        team_name=row.team_name or "",
        agency_name=row.agency_name or "",
        computed_at=row.computed_at,
        stale=row.stale,
    )
