"""Lawful exceptions on record: for which limit, on which ground and evidence, who decided, who was told."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries.paging import Order
from workflows.access.people import Person
from workflows.calendar import london
from workflows.queries.board_filter import EVERYTHING, NONE, BoardFilter
from workflows.queries.seen_page import SeenPage, seen_page
from workflows.store.tables import cases, deadlines, lawful_exceptions, people


@dataclass(frozen=True, slots=True)
class ExceptionWish:
    """Which exceptions.

    Attributes:
        by: By the limit that each is for.
        ground: Its code, "" for all.
        told: "yes" or "no": whether the family was told, "" for both.
        since: Recorded on that day or later.
    """

    by: BoardFilter = field(default_factory=BoardFilter)
    ground: str = ""
    told: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """An exception. `decided_by` is a name; `told_family_on` None where they were not told."""

    case_id: UUID
    case_reference: str
    duty: str
    qualifier: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    reason: str
    told_family_on: dt.date | None
    decided_by: str
    recorded_at: dt.datetime


def board_exceptions(
    connection: sa.Connection,
    person: Person,
    wish: ExceptionWish,
    *,
    cursor: str | None = None,
) -> SeenPage[ExceptionRow]:
    """Return exceptions, the newest first; stands on ix_lawful_exceptions_recorded_at_id.

    Args:
        connection: Where to read.
        person: Who looks.
        wish: Which of them.
        cursor: Of the page before.
    """
    table = lawful_exceptions
    statement = (
        sa.select(*table.c, cases.c.reference, people.c.name.label("decider"))
        .select_from(_joined())
        .where(*_conditions(wish))
    )
    order = Order.newest_first(table.c.recorded_at, table.c.id)
    return seen_page(connection, person, statement, order, cursor=cursor).of(_row)


def _joined() -> sa.Join:
    table = lawful_exceptions
    return (
        table.join(cases, cases.c.id == table.c.case_id)
        .outerjoin(people, people.c.id == table.c.decided_by)
        .outerjoin(
            deadlines,
            (deadlines.c.case_id == table.c.case_id)
            & (deadlines.c.duty == table.c.duty)
            & (deadlines.c.qualifier == table.c.qualifier),
        )
    )


def _conditions(wish: ExceptionWish) -> list[sa.ColumnElement[bool]]:
    table = lawful_exceptions
    columns = {
        "process": sa.func.coalesce(deadlines.c.process_key, cases.c.process_key),
        "duty": table.c.duty,
        "agency": sa.func.coalesce(deadlines.c.agency_id, ""),
        "team": sa.func.coalesce(deadlines.c.team_id, ""),
        "area": sa.func.coalesce(deadlines.c.area, cases.c.area),
    }
    where: list[sa.ColumnElement[bool]] = [
        columns[name] == ("" if value == NONE else value)
        for name in EVERYTHING
        if (value := getattr(wish.by, name))
    ]
    if wish.ground:
        where.append(table.c.ground == wish.ground)
    if wish.told:
        is_told = table.c.told_family_on.is_not(None)
        where.append(is_told if wish.told == "yes" else ~is_told)
    if wish.since:
        where.append(table.c.recorded_at >= london.start_of_day(wish.since))
    return where


def _row(row: Any) -> ExceptionRow:  # noqa: ANN401
    return ExceptionRow(
        row.case_id,
        row.reference,
        row.duty,
        row.qualifier,
        row.ground,
        row.from_date,
        row.to_date,
        row.reason,
        row.told_family_on,
        row.decider or "",
        row.recorded_at,
    )
