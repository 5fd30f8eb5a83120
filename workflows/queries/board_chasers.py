"""The chasers that went to a team or its members, the newest first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries.paging import Order
from workflows.access.people import Person
from workflows.calendar import london
from workflows.digests import recipients
from workflows.queries.seen_page import SeenPage, seen_page
from workflows.store.digest_tables import reminders
from workflows.store.tables import cases, memberships


@dataclass(frozen=True, slots=True)
class Chaser:
    """A chaser. `about` names nobody."""

    case_id: UUID
    case_reference: str
    about: str
    at: dt.datetime


def board_chasers(
    connection: sa.Connection,
    person: Person,
    team: str,
    *,
    since: dt.date | None = None,
    cursor: str | None = None,
) -> SeenPage[Chaser]:
    """Return what was sent to a team since a day; stands on ix_reminders_recipient_at."""
    members = connection.execute(
        sa.select(memberships.c.person_id).distinct().where(memberships.c.team_id == team)
    ).scalars()
    told = [recipients.team(team), *(recipients.person(each) for each in members)]
    where = [reminders.c.recipient.in_(told), reminders.c.how == "chase"]
    if since:
        where.append(reminders.c.at >= london.start_of_day(since))
    statement = (
        sa.select(*reminders.c, cases.c.reference)
        .join(cases, cases.c.id == reminders.c.case_id)
        .where(*where)
    )
    order = Order.newest_first(reminders.c.at, reminders.c.id)
    return seen_page(connection, person, statement, order, cursor=cursor).of(_row)


def _row(row: Any) -> Chaser:  # noqa: ANN401
    return Chaser(row.case_id, row.reference, row.about, row.at)
