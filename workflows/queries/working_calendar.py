"""The working calendar: closures and terms, and how far changes of it have come."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.calendar import working_days
from workflows.store import closures
from workflows.store.administration_tables import calendar_change_cases, calendar_changes

SHOWN = 20


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A change of the closures, with how many cases it concerns and how far they are."""

    id: UUID
    at: dt.datetime
    by: str
    kind: str
    first: dt.date
    last: dt.date
    name: str
    reason: str
    cases: int
    waiting: int
    failed: int
    moved: int


@dataclass(frozen=True, slots=True)
class Term:
    """A school term."""

    first: dt.date
    last: dt.date
    name: str


@dataclass(frozen=True, slots=True)
class WorkingCalendarPage:
    """A year of the calendar, all terms that end in it or later, and the newest changes."""

    year: int
    bank_holidays: dict[dt.date, str]
    closures: dict[dt.date, str]
    terms: tuple[Term, ...]
    changes: tuple[CalendarChange, ...]


def working_calendar(connection: sa.Connection, year: int) -> WorkingCalendarPage:
    """Return a year of the calendar."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    terms = (Term(each.first, each.last, each.name) for each in closures.terms(connection))
    return WorkingCalendarPage(
        year,
        working_days.bank_holiday_names(year),
        closures.names(connection, first, last),
        tuple(each for each in terms if first <= each.last and each.first <= last),
        _changes(connection),
    )


def _changes(connection: sa.Connection) -> tuple[CalendarChange, ...]:
    newest = (
        sa.select(*calendar_changes.c)
        .order_by(calendar_changes.c.at.desc(), calendar_changes.c.id)
        .limit(SHOWN)
    )
    rows = connection.execute(newest).all()
    state = calendar_change_cases.c.state
    counts = {
        row.change_id: row
        for row in connection.execute(
            sa.select(
                calendar_change_cases.c.change_id,
                sa.func.count().label("cases"),
                sa.func.count(sa.case((state == "waiting", 1))).label("waiting"),
                sa.func.count(sa.case((state == "failed", 1))).label("failed"),
                sa.func.sum(calendar_change_cases.c.moved).label("moved"),
            )
            .where(calendar_change_cases.c.change_id.in_([row.id for row in rows]))
            .group_by(calendar_change_cases.c.change_id)
        )
    }
    names = people.names(connection, {row.by for row in rows})
    return tuple(
        CalendarChange(
            row.id,
            row.at,
            names.get(row.by, "Someone"),
            row.kind,
            row.first,
            row.last,
            row.name,
            row.reason,
            counts[row.id].cases if row.id in counts else 0,
            counts[row.id].waiting if row.id in counts else 0,
            counts[row.id].failed if row.id in counts else 0,
            int(counts[row.id].moved or 0) if row.id in counts else 0,
        )
        for row in rows
    )
