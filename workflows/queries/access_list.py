"""The record of access: who saw which case, when, what of it, and why."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.queries import paging
from engine.queries.paging import Order, Page
from workflows.access import people as directory, sight, unusual
from workflows.access.people import Person
from workflows.calendar import london
from workflows.store.privacy_tables import access_readings
from workflows.store.tables import access_record, cases, people

PEOPLE: Final = 50  # people who are found by a part of their name
READINGS: Final = 100
_ORDER: Final = Order.newest_first(access_record.c.at, access_record.c.id)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What to show; an empty value does not narrow the list.

    Attributes:
        person: Part of a name or email address, or a person's identifier.
        case: The reference of a case, or its identifier.
        since, until: First and last day, in London.
        page: The kind of page.
        unusual: A code of `access.unusual`.
    """

    person: str = ""
    case: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: str = ""
    unusual: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a case. `unusual`: titles of what is unusual about it."""

    id: UUID
    at: dt.datetime
    person_id: str
    person_name: str
    case_id: UUID
    case_reference: str
    what: str
    why: str
    unusual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read the record, and what they asked of it."""

    at: dt.datetime
    person_name: str
    asked: str


def access_list(
    connection: sa.Connection,
    person: Person,
    chosen: AccessFilter,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Look]:
    """Return looks, the newest first.

    Of a restricted case that is hidden from the reader no more is told than its reference and the
    kind of page. Stands on ix_access_record_at_id, and on those that begin with case, person or page; what is
    unusual has indexes of its own.

    Raises:
        errors.Invalid: there is no such case or person.
        paging.BadCursor: the cursor is none of ours.
    """
    statement = _statement(person).where(*_conditions(connection, chosen))
    page = paging.page(connection, statement, _ORDER, limit=limit, cursor=cursor)
    names = directory.names(connection, {row.person_id for row in page.items})
    return page.of(lambda row: _look(row, names))


def all_looks(connection: sa.Connection, person: Person, chosen: AccessFilter) -> Iterator[Look]:
    """Yield every look, the newest first, a page at a time."""
    cursor = None
    while True:
        page = access_list(connection, person, chosen, limit=paging.MOST, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def readings(connection: sa.Connection) -> tuple[Reading, ...]:
    """Return who read the record, the newest first. Stands on ix_access_readings_at_id."""
    rows = connection.execute(
        sa.select(access_readings.c.at, people.c.name, access_readings.c.asked)
        .outerjoin(people, people.c.id == access_readings.c.person_id)
        .order_by(access_readings.c.at.desc(), access_readings.c.id.desc())
        .limit(READINGS)
    )
    return tuple(Reading(row.at, row.name or "", row.asked) for row in rows)


def _statement(person: Person) -> sa.Select[Any]:
    return sa.select(
        *access_record.c,
        cases.c.reference,
        sight.not_hidden(person, access_record.c.case_id).label("shown"),
    ).select_from(access_record.outerjoin(cases, cases.c.id == access_record.c.case_id))


def _conditions(connection: sa.Connection, chosen: AccessFilter) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if chosen.case:
        where.append(access_record.c.case_id == _case(connection, chosen.case))
    if chosen.person:
        where.append(access_record.c.person_id.in_(_people(connection, chosen.person)))
    if chosen.page:
        where.append(access_record.c.page == chosen.page)
    if chosen.since:
        where.append(access_record.c.at >= london.start_of_day(chosen.since))
    if chosen.until:
        day_after = chosen.until + dt.timedelta(days=1)
        where.append(access_record.c.at < london.start_of_day(day_after))
    if chosen.unusual:
        if chosen.unusual not in unusual.TITLES:
            raise errors.Invalid("There is nothing unusual of that name.")
        where.append(access_record.c[chosen.unusual])
    return where


def _case(connection: sa.Connection, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        found: UUID | None = connection.execute(
            sa.select(cases.c.id).where(cases.c.reference == text.strip().upper())
        ).scalar_one_or_none()
    if found is None:
        message = "There is no case with this reference"
        raise errors.Invalid(f"{message}.", errors={"case": (message,)})
    return found


def _people(connection: sa.Connection, text: str) -> list[str]:
    part = f"%{text.strip().lower()}%"
    rows = connection.execute(
        sa.select(people.c.id)
        .where(
            sa.or_(
                people.c.id == text.strip(),
                sa.func.lower(people.c.name).like(part),
                people.c.email.like(part),
            )
        )
        .order_by(people.c.name, people.c.id)
        .limit(PEOPLE)
    )
    found = list(rows.scalars())
    if not found:
        message = "Nobody has this name or email address"
        raise errors.Invalid(f"{message}.", errors={"person": (message,)})
    return found


def _look(row: Any, names: dict[str, str]) -> Look:  # noqa: ANN401
    return Look(
        row.id,
        row.at,
        row.person_id,
        names.get(row.person_id, "Someone who has left"),
        row.case_id,
        row.reference or "",
        row.what if row.shown else row.page,
        row.why,
        tuple(title for code, title in unusual.KINDS if getattr(row, code)),
    )
