"""Lawful exceptions that were asked for: all, of one case, or one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from workflows.access import people, sight
from workflows.access.people import Person
from workflows.rulebook import load
from workflows.rulebook.model import UnknownDuty
from workflows.store.exception_requests import NoSuchRequest
from workflows.store.intervention_tables import exception_requests
from workflows.store.tables import cases, deadlines

_ORDER: Final = Order((exception_requests.c.asked_at, exception_requests.c.id))


@dataclass(frozen=True, slots=True)
class Asked:
    """A lawful exception that was asked for, in words.

    Attributes:
        limit, ground: Titles of the duty and of the ground.
        due: The last day of the limit, where it is still known.
        documents: `id`, `title` and `version` of what shows it.
    """

    id: UUID
    case_id: UUID
    reference: str
    duty: str
    qualifier: str
    limit: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    told_family_on: dt.date | None
    reason: str
    documents: Sequence[Mapping[str, Any]]
    status: str
    asked_by: str
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    answer: str
    due: dt.date | None


def exception_request_list(
    connection: sa.Connection,
    person: Person,
    status: str = "asked",
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Asked]:
    """Return those of a status, the oldest first, of cases that one may see.

    Stands on ix_exception_requests_status_asked_at_id.
    """
    asked = exception_requests.c
    statement = _statement().where(asked.status == status, _seen(person))
    page = paging.page(connection, statement, _ORDER, limit=limit, cursor=cursor)
    return Page(tuple(_in_words(connection, page.items)), page.next_cursor)


def of_case(connection: sa.Connection, person: Person, case_id: UUID) -> tuple[Asked, ...]:
    """Return those of a case. Stands on ix_exception_requests_case_id."""
    rows = connection.execute(
        _statement()
        .where(exception_requests.c.case_id == case_id, _seen(person))
        .order_by(*_ORDER.by())
    ).all()
    return tuple(_in_words(connection, rows))


def exception_request(connection: sa.Connection, person: Person, request_id: UUID) -> Asked:
    """Return one.

    Raises:
        NoSuchRequest: there is none, or its case is not the person's to see.
    """
    rows = connection.execute(
        _statement().where(exception_requests.c.id == request_id, _seen(person))
    ).all()
    if not rows:
        raise NoSuchRequest
    return _in_words(connection, rows)[0]


def _seen(person: Person) -> sa.ColumnElement[bool]:
    """Return which of them a person may see: the reasons are for those who answer for all cases."""
    if not person.sees_all_cases:
        return sa.false()
    return sight.sees(person, exception_requests.c.case_id)


def _statement() -> sa.Select[Any]:
    asked, due = exception_requests.c, deadlines.c
    return (
        sa.select(*asked, cases.c.reference, due.due)
        .join(cases, cases.c.id == asked.case_id)
        .outerjoin(
            deadlines,
            sa.and_(
                due.case_id == asked.case_id,
                due.duty == asked.duty,
                due.qualifier == asked.qualifier,
            ),
        )
    )


def _in_words(connection: sa.Connection, rows: Sequence[Any]) -> list[Asked]:
    names = people.names(
        connection, {each.asked_by for each in rows} | {each.decided_by for each in rows}
    )
    return [_one(row, names) for row in rows]


def _one(row: Any, names: Mapping[str, str]) -> Asked:  # noqa: ANN401 (a row)
    book = load.current()
    ground = book.grounds.get(row.ground)
    try:
        title = book.newest(row.duty).title
    except UnknownDuty:
        title = row.duty
    return Asked(
        id=row.id,
        case_id=row.case_id,
        reference=row.reference,
        duty=row.duty,
        qualifier=row.qualifier,
        limit=f"{title} ({row.qualifier.replace('_', ' ')})" if row.qualifier else title,
        ground=ground.title if ground else row.ground,
        from_date=row.from_date,
        to_date=row.to_date,
        told_family_on=row.told_family_on,
        reason=row.reason,
        documents=tuple(row.documents),
        status=row.status,
        asked_by=names.get(row.asked_by, "Someone"),
        asked_at=row.asked_at,
        decided_by=names.get(row.decided_by, ""),
        decided_at=row.decided_at,
        answer=row.answer,
        due=row.due,
    )
