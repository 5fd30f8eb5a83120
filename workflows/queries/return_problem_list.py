"""The problems of a return, with filters: a page of them, or all one by one for an export."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from workflows.access.people import Person
from workflows.access.sight import sees
from workflows.store.return_tables import return_problems
from workflows.store.tables import cases, teams

_ORDER: Final = Order(
    (
        return_problems.c.severity,
        return_problems.c.rule,
        return_problems.c.case_id,
        return_problems.c.place,
    )
)


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """What to show of a year; an empty value does not narrow the list."""

    year: int
    severity: str = ""
    rule: str = ""
    team: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class ProblemItem:
    """A problem with the case that it is of."""

    case_id: UUID
    reference: str
    initials: str
    place: int
    rule: str
    severity: str
    module: str
    element: str
    value: str
    source: str
    team_name: str
    area: str


def return_problem_list(
    connection: sa.Connection,
    person: Person,
    chosen: ProblemFilter,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[ProblemItem]:
    """Return problems of cases that a person sees, errors first, then by rule and case.

    Stands on ix_return_problems_year_severity_rule.
    """
    statement = _statement(person, chosen)
    return paging.page(connection, statement, _ORDER, limit=limit, cursor=cursor).of(_item)


def all_problems(
    connection: sa.Connection, person: Person | None, chosen: ProblemFilter
) -> Iterator[ProblemItem]:
    """Yield the problems one by one; of all cases where no person is given (on the command line)."""
    statement = _statement(person, chosen).order_by(*_ORDER.by())
    for row in connection.execute(statement.execution_options(yield_per=500)):
        yield _item(row)


def _statement(person: Person | None, chosen: ProblemFilter) -> sa.Select[Any]:
    known = return_problems.c
    narrowed = [
        column == value
        for column, value in (
            (known.severity, chosen.severity),
            (known.rule, chosen.rule),
            (known.team_id, chosen.team),
            (known.area, chosen.area),
        )
        if value
    ]
    seen = [sees(person, known.case_id)] if person else []
    return (
        sa.select(
            *known,
            cases.c.reference,
            cases.c.child_first_name,
            cases.c.child_last_name,
            teams.c.name.label("team_name"),
        )
        .join(cases, cases.c.id == known.case_id)
        .outerjoin(teams, teams.c.id == known.team_id)
        .where(known.year == chosen.year, *narrowed, *seen)
    )


def _item(row: Any) -> ProblemItem:  # noqa: ANN401
    return ProblemItem(
        row.case_id,
        row.reference,
        f"{row.child_first_name[:1]}{row.child_last_name[:1]}".upper(),
        row.place,
        row.rule,
        row.severity,
        row.module,
        row.element,
        row.value,
        row.source,
        row.team_name or "",
        row.area,
    )
