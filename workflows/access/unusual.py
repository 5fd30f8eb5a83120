"""What is unusual about a look at a case: somebody should ask why, which does not say it was wrong."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import ports
from workflows.access.people import Person
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.store.tables import access_record, closures, involvements, parties

OPENS: Final = dt.time(7)  # in London
CLOSES: Final = dt.time(19)
MANY: Final = 20  # cases within the hour before
HOUR: Final = dt.timedelta(hours=1)
KINDS: Final = (
    ("outside_hours", "Outside working hours"),
    ("many", "Many cases in an hour"),
    ("by_role", "By role, with no team on the case"),
    ("glass", "Break-glass"),
)
TITLES: Final = dict(KINDS)


def marks(
    connection: sa.Connection, person: ports.Actor, case_id: UUID, *, now: dt.datetime
) -> dict[str, bool]:
    """Return what is unusual about a look at a case now, by name; one question to the database."""
    today = london.local_date(now)
    found: Any = connection.execute(
        sa.select(
            _cases_of_the_hour(person.id, now).label("cases"),
            sa.exists().where(closures.c.day == today).label("closed"),
            _has_part(person, case_id).label("part"),
        )
    ).one()
    calendar = WorkingCalendar(frozenset({today}) if found.closed else frozenset())
    local = now.astimezone(london.LONDON).time()
    sees_all = isinstance(person, Person) and person.sees_all_cases
    return {
        "outside_hours": not (calendar.is_working_day(today) and OPENS <= local < CLOSES),
        "many": found.cases >= MANY,
        "by_role": sees_all and not found.part,
        "glass": isinstance(person, Person) and case_id in person.opened,
    }


def _cases_of_the_hour(person_id: str, now: dt.datetime) -> sa.ScalarSelect[int]:
    """Count the cases that somebody looked at lately. Stands on ix_access_record_person_id_at_id."""
    return (
        sa.select(sa.func.count(access_record.c.case_id.distinct()))
        .where(access_record.c.person_id == person_id, access_record.c.at > now - HOUR)
        .scalar_subquery()
    )


def _has_part(person: ports.Actor, case_id: UUID) -> sa.ColumnElement[bool]:
    teams = person.team_ids if isinstance(person, Person) else ()
    party = sa.exists().where(parties.c.case_id == case_id, parties.c.person_id == person.id)
    team = sa.exists().where(
        involvements.c.case_id == case_id, involvements.c.team_id.in_(list(teams))
    )
    return sa.or_(party, team) if teams else party
