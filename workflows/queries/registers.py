"""The registers: lawful exceptions claimed, and reasons given for delay, of all cases one may see."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.duties import delays
from workflows.rulebook import load
from workflows.store.tables import cases, delay_reasons, lawful_exceptions, people

NEWEST = 200  # rows of a register on one page


@dataclass(frozen=True, slots=True)
class Claimed:
    """A lawful exception. `ground` and `duty` are their titles."""

    case_id: UUID
    case_reference: str
    duty: str
    qualifier: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    told_family_on: dt.date | None
    reason: str
    decided_by: str
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Delay:
    """A reason given for a delay. `reason` and `duty` are their titles."""

    case_id: UUID
    case_reference: str
    duty: str
    qualifier: str
    reason: str
    detail: str
    given_by: str
    given_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Registers:
    """What was excused, what was late, and how often each reason was given, the most frequent first."""

    claimed: tuple[Claimed, ...]
    late: tuple[Delay, ...]
    counts: tuple[tuple[str, int], ...]


def registers(connection: sa.Connection, person: Person) -> Registers:
    """Return the registers over all cases that a person may see, the newest entries first."""
    return Registers(
        _exceptions(connection, person), _reasons(connection, person), _counts(connection, person)
    )


def _exceptions(connection: sa.Connection, person: Person) -> tuple[Claimed, ...]:
    """Return the newest exceptions; stands on ix_lawful_exceptions_recorded_at_id."""
    grounds = load.current().grounds
    rows = connection.execute(
        sa.select(*lawful_exceptions.c, cases.c.reference, people.c.name.label("decider"))
        .join(cases, cases.c.id == lawful_exceptions.c.case_id)
        .outerjoin(people, people.c.id == lawful_exceptions.c.decided_by)
        .where(visible_cases(person))
        .order_by(lawful_exceptions.c.recorded_at.desc(), lawful_exceptions.c.id.desc())
        .limit(NEWEST)
    )
    return tuple(
        Claimed(
            row.case_id,
            row.reference,
            _duty(row.duty),
            row.qualifier,
            grounds[row.ground].title if row.ground in grounds else row.ground,
            row.from_date,
            row.to_date,
            row.told_family_on,
            row.reason,
            row.decider or "",
            row.recorded_at,
        )
        for row in rows
    )


def _reasons(connection: sa.Connection, person: Person) -> tuple[Delay, ...]:
    """Return the newest reasons for delay; stands on ix_delay_reasons_given_at."""
    rows = connection.execute(
        sa.select(*delay_reasons.c, cases.c.reference, people.c.name.label("giver"))
        .join(cases, cases.c.id == delay_reasons.c.case_id)
        .outerjoin(people, people.c.id == delay_reasons.c.given_by)
        .where(visible_cases(person))
        .order_by(
            delay_reasons.c.given_at.desc(),
            delay_reasons.c.case_id,
            delay_reasons.c.duty,
            delay_reasons.c.qualifier,
        )
        .limit(NEWEST)
    )
    return tuple(_delay(row) for row in rows)


def _counts(connection: sa.Connection, person: Person) -> tuple[tuple[str, int], ...]:
    """Return how often each reason was given, the most frequent first."""
    rows = connection.execute(
        sa.select(delay_reasons.c.reason, sa.func.count().label("times"))
        .join(cases, cases.c.id == delay_reasons.c.case_id)
        .where(visible_cases(person))
        .group_by(delay_reasons.c.reason)
        .order_by(sa.func.count().desc(), delay_reasons.c.reason)
    )
    return tuple((delays.TITLES.get(row.reason, row.reason), row.times) for row in rows)


def _delay(row: Any) -> Delay:  # noqa: ANN401
    return Delay(
        row.case_id,
        row.reference,
        _duty(row.duty),
        row.qualifier,
        delays.TITLES.get(row.reason, row.reason),
        row.detail,
        row.giver or "",
        row.given_at,
    )


def _duty(code: str) -> str:
    return next((each.title for each in load.current().duties if each.code == code), code)
