"""Every statutory deadline with how it stands, for whoever may see its case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Page
from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.calendar import london
from workflows.duties.deadlines import Status, status
from workflows.rulebook import load
from workflows.store.tables import agencies, cases, deadlines, teams


@dataclass(frozen=True, slots=True)
class DeadlineFilter:
    """What to show; an empty value does not narrow the list."""

    status: Status | None = None
    duty: str = ""
    process: str = ""
    agency: str = ""
    team: str = ""
    area: str = ""
    due_before: dt.date | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline. `days_left` is negative once it has passed."""

    case_id: UUID
    case_reference: str
    child_initials: str
    duty: str
    title: str
    qualifier: str
    opened: dt.date
    due: dt.date
    target: dt.date
    met: dt.date | None
    status: Status
    excused: bool
    ground: str
    source: str
    statutory: bool
    team_name: str
    agency_name: str
    days_left: int


def deadline_list(
    connection: sa.Connection,
    person: Person,
    chosen: DeadlineFilter,
    *,
    now: dt.datetime,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[DeadlineRow]:
    """Return deadlines, the soonest first. Stands on ix_deadlines_state_due_case_id."""
    today = london.local_date(now)
    statement = _statement().where(visible_cases(person), *_conditions(chosen, today))
    order = (deadlines.c.due, deadlines.c.case_id, deadlines.c.duty, deadlines.c.qualifier)
    if cursor:
        due, case_id, duty, qualifier = paging.decode(cursor, 4)
        there = sa.tuple_(
            sa.literal(dt.date.fromisoformat(due), deadlines.c.due.type),
            sa.literal(UUID(case_id), deadlines.c.case_id.type),
            sa.literal(duty),
            sa.literal(qualifier),
        )
        statement = statement.where(sa.tuple_(*order) > there)
    wanted = paging.limit_of(limit)
    rows = [
        _row(each, today)
        for each in connection.execute(statement.order_by(*order).limit(wanted + 1))
    ]
    more = None
    if len(rows) > wanted:
        last = rows[wanted - 1]
        more = paging.encode(last.due, last.case_id, last.duty, last.qualifier)
    return Page(tuple(rows[:wanted]), more)


def deadline_counts(
    connection: sa.Connection, person: Person, *, now: dt.datetime
) -> dict[Status, int]:
    """Return how many deadlines stand in each way."""
    today = london.local_date(now)
    passed = (deadlines.c.state == "open") & (deadlines.c.due < today)
    kind = sa.case(
        (passed & _is_right(), "void"),
        (passed & deadlines.c.excused, "excused"),
        (passed, "late"),
        else_=deadlines.c.state,
    ).label("kind")
    statement = (
        sa.select(kind, sa.func.count())
        .select_from(deadlines.join(cases, cases.c.id == deadlines.c.case_id))
        .where(visible_cases(person))
        .group_by(kind)
    )
    found = {row[0]: row[1] for row in connection.execute(statement)}
    return {each: int(found.get(each.value, 0)) for each in Status}


def _statement() -> sa.Select[Any]:
    return sa.select(
        *deadlines.c,
        cases.c.reference,
        cases.c.child_first_name,
        cases.c.child_last_name,
        teams.c.name.label("team_name"),
        agencies.c.name.label("agency_name"),
    ).select_from(
        deadlines.join(cases, cases.c.id == deadlines.c.case_id)
        .outerjoin(teams, teams.c.id == deadlines.c.team_id)
        .outerjoin(agencies, agencies.c.id == deadlines.c.agency_id)
    )


def _conditions(chosen: DeadlineFilter, today: dt.date) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = [
        column == value
        for value, column in (
            (chosen.duty, deadlines.c.duty),
            (chosen.process, deadlines.c.process_key),
            (chosen.agency, deadlines.c.agency_id),
            (chosen.team, deadlines.c.team_id),
            (chosen.area, deadlines.c.area),
            (chosen.case_id, deadlines.c.case_id),
        )
        if value
    ]
    if chosen.due_before:
        where.append(deadlines.c.due < chosen.due_before)
    passed = (deadlines.c.state == "open") & (deadlines.c.due < today)
    match chosen.status:
        case Status.OPEN:
            where += [deadlines.c.state == "open", deadlines.c.due >= today]
        case Status.LATE:
            where += [passed, ~deadlines.c.excused, ~_is_right()]
        case Status.EXCUSED:
            where += [passed, deadlines.c.excused]
        case Status.VOID:
            where.append((deadlines.c.state == "void") | (passed & _is_right()))
        case None:
            pass
        case _:
            where.append(deadlines.c.state == chosen.status.value)
    return where


def _is_right() -> sa.ColumnElement[bool]:
    return deadlines.c.duty.in_(sorted(load.current().rights))


def _row(row: Any, today: dt.date) -> DeadlineRow:  # noqa: ANN401
    return DeadlineRow(
        row.case_id,
        row.reference,
        f"{row.child_first_name[:1]}{row.child_last_name[:1]}".upper(),
        row.duty,
        row.title,
        row.qualifier,
        row.opened,
        row.due,
        row.target,
        row.met,
        status(
            row.state,
            due=row.due,
            excused=row.excused,
            today=today,
            right=row.duty in load.current().rights,
        ),
        row.excused,
        row.ground,
        row.source,
        row.statutory,
        row.team_name or "",
        row.agency_name or "",
        (row.due - today).days,
    )
