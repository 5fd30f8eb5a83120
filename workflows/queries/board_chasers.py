"""The chasers that went to a team or its members, the newest first."""

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
from workflows.digests import recipients
from workflows.store.digest_tables import reminders
from workflows.store.tables import cases, memberships


@dataclass(frozen=True, slots=True)
class Chaser:
    """A chaser. `about` names nobody."""

    case_id: UUID
    case_reference: str
    about: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Chasers:
    """A page, how many there are on all pages, and how many more that one may not see."""

    page: Page[Chaser]
    shown: int
    hidden: int


def board_chasers(
    connection: sa.Connection,
    person: Person,
    team: str,
    *,
    since: dt.date | None = None,
    cursor: str | None = None,
) -> Chasers:
    """Return what was sent to a team since a day; stands on ix_reminders_recipient_at."""
    members = connection.execute(
        sa.select(memberships.c.person_id).distinct().where(memberships.c.team_id == team)
    ).scalars()
    told = [recipients.team(team), *(recipients.person(each) for each in members)]
    where = [reminders.c.recipient.in_(told), reminders.c.how == "chase"]
    if since:
        where.append(reminders.c.at >= london.start_of_day(since))
    joined = reminders.join(cases, cases.c.id == reminders.c.case_id)
    visible = visible_cases(person)
    count = sa.select(sa.func.count()).select_from(joined).where(*where)
    shown = connection.execute(count.where(visible)).scalar_one()
    hidden = 0
    if person.sees_all_cases:
        hidden = connection.execute(count.where(~visible)).scalar_one()
    order = (reminders.c.at, reminders.c.id)
    listed = (
        sa.select(*reminders.c, cases.c.reference)
        .select_from(joined)
        .where(visible, *where)
        .order_by(*(each.desc() for each in order))
        .limit(paging.LIMIT + 1)
    )
    if cursor:
        listed = listed.where(sa.tuple_(*order) < _there(cursor))
    rows = connection.execute(listed).all()
    more = None
    if len(rows) > paging.LIMIT:
        last = rows[paging.LIMIT - 1]
        more = paging.encode(last.at.isoformat(), last.id)
    items = (Chaser(row.case_id, row.reference, row.about, row.at) for row in rows[: paging.LIMIT])
    return Chasers(Page(tuple(items), more), shown, hidden)


def _there(cursor: str) -> sa.ColumnElement[Any]:
    at, identifier = paging.decode(cursor, 2)
    try:
        where = dt.datetime.fromisoformat(at), UUID(identifier)
    except ValueError as error:
        raise paging.BadCursor from error
    return sa.tuple_(
        sa.literal(where[0], reminders.c.at.type), sa.literal(where[1], reminders.c.id.type)
    )
