"""The cases behind a number of the board: those with a fact in a week, or with a flaw."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries.paging import Order
from workflows.access.people import Person
from workflows.calendar import london
from workflows.queries.board_filter import NONE
from workflows.queries.seen_page import SeenPage, seen_page
from workflows.store.board_tables import case_flaws
from workflows.store.tables import case_facts, cases


@dataclass(frozen=True, slots=True)
class CaseWish:
    """Which cases: with a fact between two days, or opened on or after a day with a flaw or without.

    Attributes:
        fact: Its code; `outcome` "" for any.
        since, until: First and last day of the fact; without one, since when the case is open.
        flaw: What it lacks, "" for all cases.
    """

    fact: str = ""
    outcome: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    flaw: str = ""
    process: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case. `on`: the day of the fact, or on which it was opened."""

    case_id: UUID
    reference: str
    child_initials: str
    stage: str
    status: str
    area: str
    outcome: str
    on: dt.date


def board_cases(
    connection: sa.Connection, person: Person, wish: CaseWish, *, cursor: str | None = None
) -> SeenPage[CaseRow]:
    """Return the cases, the newest first; a case stands as often as it has the fact.

    Stands on ix_case_facts_code_on, or on ix_case_flaws_flaw_case_id.
    """
    day, tie = (case_facts.c.on, case_facts.c.id) if wish.fact else (cases.c.opened_at, cases.c.id)
    order = Order.newest_first(day.label("day"), tie.label("tie"))
    return seen_page(connection, person, _statement(wish, order), order, cursor=cursor).of(_row)


def _statement(wish: CaseWish, order: Order) -> sa.Select[Any]:
    columns = (
        cases.c.id,
        cases.c.reference,
        cases.c.child_first_name,
        cases.c.child_last_name,
        cases.c.stage,
        cases.c.status,
        cases.c.area,
        *order.columns,
    )
    narrowed = [
        column == ("" if value == NONE else value)
        for column, value in ((cases.c.process_key, wish.process), (cases.c.area, wish.area))
        if value
    ]
    if wish.fact:
        return (
            sa.select(*columns, case_facts.c.outcome)
            .select_from(case_facts.join(cases, cases.c.id == case_facts.c.case_id))
            .where(case_facts.c.current, *_of_fact(wish), *narrowed)
        )
    if wish.flaw:
        has = sa.exists().where(case_flaws.c.case_id == cases.c.id, case_flaws.c.flaw == wish.flaw)
        narrowed.append(has)
    if wish.since:
        narrowed.append(cases.c.opened_at >= london.start_of_day(wish.since))
    return sa.select(*columns, cases.c.outcome).where(*narrowed)


def _of_fact(wish: CaseWish) -> list[sa.ColumnElement[bool]]:
    where = [case_facts.c.code == wish.fact]
    if wish.outcome:
        where.append(case_facts.c.outcome == wish.outcome)
    if wish.since:
        where.append(case_facts.c.on >= wish.since)
    if wish.until:
        where.append(case_facts.c.on <= wish.until)
    return where


def _row(row: Any) -> CaseRow:  # noqa: ANN401
    on = london.local_date(row.day) if isinstance(row.day, dt.datetime) else row.day
    return CaseRow(
        row.id,
        row.reference,
        f"{row.child_first_name[:1]}{row.child_last_name[:1]}".upper(),
        row.stage,
        row.status,
        row.area,
        row.outcome,
        on,
    )
