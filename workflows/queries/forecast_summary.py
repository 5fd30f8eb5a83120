"""Open cases by when they are due and by what takes the time, with how many of them will be late."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.store.forecast_tables import forecasts
from workflows.store.tables import cases

WINDOWS: Final = (4, 8, 12)  # weeks to the date due
_WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Group:
    """Some open cases.

    Attributes:
        key: How many weeks they have at most, or what takes the time.
        cases: How many.
        at_risk: Of how many the likely finish lies after the date due.
        expected_late: How many will be late, on average over the draws.
    """

    key: str
    cases: int
    at_risk: int
    expected_late: float


@dataclass(frozen=True, slots=True)
class ForecastSummary:
    """All open cases together.

    Attributes:
        whole: All that have a forecast.
        late: Those whose date has passed.
        windows: Those due within some weeks from today on.
        drivers: By what takes the time, what makes most cases late first.
    """

    whole: Group
    late: Group
    windows: tuple[Group, ...]
    drivers: tuple[Group, ...]


def forecast_summary(connection: sa.Connection, person: Person, today: dt.date) -> ForecastSummary:
    """Return open cases by their dates and drivers; reads the table of forecasts twice."""
    due = forecasts.c.due
    spans: list[tuple[str, sa.ColumnElement[bool]]] = [
        ("all", sa.true()),
        ("late", due < today),
        *((str(weeks), sa.and_(due >= today, due <= today + weeks * _WEEK)) for weeks in WINDOWS),
    ]
    columns = [column for key, where in spans for column in _counts(key, where)]
    row = connection.execute(_of(person, columns)).one()._mapping  # noqa: SLF001 (SQLAlchemy's public name)
    groups = [_group(key, row, key) for key, _ in spans]
    drivers = connection.execute(
        _of(person, [forecasts.c.driver, *_counts("one", sa.true())])
        .group_by(forecasts.c.driver)
        .order_by(sa.func.sum(forecasts.c.chance_late).desc(), forecasts.c.driver)
    )
    return ForecastSummary(
        groups[0],
        groups[1],
        tuple(groups[2:]),
        tuple(_group(each.driver, each._mapping, "one") for each in drivers),  # noqa: SLF001 (as above)
    )


def _of(person: Person, columns: list[Any]) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(forecasts.join(cases, cases.c.id == forecasts.c.case_id))
        .where(visible_cases(person))
    )


def _counts(key: str, where: sa.ColumnElement[bool]) -> list[sa.Label[Any]]:
    return [
        sa.func.sum(sa.case((where, 1), else_=0)).label(f"{key}_cases"),
        sa.func.sum(sa.case((sa.and_(where, forecasts.c.at_risk), 1), else_=0)).label(
            f"{key}_at_risk"
        ),
        sa.func.sum(sa.case((where, forecasts.c.chance_late), else_=0.0)).label(f"{key}_late"),
    ]


def _group(key: str, row: Any, name: str) -> Group:  # noqa: ANN401
    return Group(
        key,
        int(row[f"{name}_cases"] or 0),
        int(row[f"{name}_at_risk"] or 0),
        float(row[f"{name}_late"] or 0),
    )
