"""Days on which the authority is closed, school terms, and what a change of them sets going."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import instances
from workflows.store.administration_tables import (
    calendar_change_cases,
    calendar_changes,
    school_terms,
)
from workflows.store.tables import closures, deadlines

WAITING: Final = "waiting"
DONE: Final = "done"
FAILED: Final = "failed"


def days(connection: sa.Connection) -> frozenset[dt.date]:
    """Return the days on which nobody works besides weekends and bank holidays."""
    return frozenset(connection.execute(sa.select(closures.c.day)).scalars())


def names(connection: sa.Connection, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Return the closures from one day to another, with their names, in order."""
    rows = connection.execute(
        sa.select(closures.c.day, closures.c.name)
        .where(closures.c.day.between(first, last))
        .order_by(closures.c.day)
    )
    return {row.day: row.name for row in rows}


def add(connection: sa.Connection, name: str, closed: Iterable[dt.date]) -> None:
    """Close on these days."""
    connection.execute(closures.insert(), [{"day": day, "name": name} for day in closed])


def remove(connection: sa.Connection, opened: Collection[dt.date]) -> None:
    """Be closed on these days no longer."""
    connection.execute(closures.delete().where(closures.c.day.in_(opened)))


def begin_change(
    connection: sa.Connection,
    change: Mapping[str, Any],
    duties: Collection[str],
    keys: Iterable[str],
) -> int:
    """Enter a change with every case that it may concern; return how many.

    Args:
        connection: The transaction.
        change: The row of the change; its first day tells which time limits it can reach.
        duties: Codes of duties whose limits count working days.
        keys: Processes whose diagrams count working days themselves.
    """
    connection.execute(calendar_changes.insert(), dict(change))
    by_limit = sa.select(deadlines.c.case_id).where(
        deadlines.c.state == "open",
        deadlines.c.duty.in_(duties),
        deadlines.c.due >= change["first"],
    )
    by_diagram = sa.select(instances.c.subject_id).where(
        instances.c.status.in_(("active", "suspended")), instances.c.process_key.in_(list(keys))
    )
    concerned = sa.union(by_limit, by_diagram).subquery()
    columns = [
        sa.literal(change["id"], sa.Uuid()),
        concerned.c[0],
        sa.literal(WAITING),
        sa.literal(0),
        sa.literal(""),
    ]
    names_of = ["change_id", "case_id", "state", "moved", "problem"]
    connection.execute(calendar_change_cases.insert().from_select(names_of, sa.select(*columns)))
    counted = sa.select(sa.func.count()).where(calendar_change_cases.c.change_id == change["id"])
    return connection.execute(counted).scalar_one()


def waiting(connection: sa.Connection, limit: int) -> list[tuple[UUID, UUID]]:
    """Return change and case of some that are to be derived anew; on ix_calendar_change_cases_state."""
    rows = connection.execute(
        sa.select(calendar_change_cases.c.change_id, calendar_change_cases.c.case_id)
        .where(calendar_change_cases.c.state == WAITING)
        .order_by(calendar_change_cases.c.change_id, calendar_change_cases.c.case_id)
        .limit(limit)
    )
    return [(row.change_id, row.case_id) for row in rows]


def take(connection: sa.Connection, change_id: UUID, case_id: UUID) -> bool:
    """Lock one that is to be derived anew; False where another worker was quicker."""
    row = connection.execute(
        sa.select(calendar_change_cases.c.state)
        .where(
            calendar_change_cases.c.change_id == change_id,
            calendar_change_cases.c.case_id == case_id,
        )
        .with_for_update()
    ).one_or_none()
    return row is not None and row.state == WAITING


def settle(
    connection: sa.Connection, change_id: UUID, case_id: UUID, *, moved: int, problem: str = ""
) -> None:
    """Note what came of it in one case."""
    connection.execute(
        calendar_change_cases.update()
        .where(
            calendar_change_cases.c.change_id == change_id,
            calendar_change_cases.c.case_id == case_id,
        )
        .values(state=FAILED if problem else DONE, moved=moved, problem=problem[:500])
    )


def last_days(connection: sa.Connection, case_id: UUID) -> dict[tuple[str, str], dt.date]:
    """Return the last day of each open time limit of a case, as pages show it now."""
    rows = connection.execute(
        sa.select(deadlines.c.duty, deadlines.c.qualifier, deadlines.c.due).where(
            deadlines.c.case_id == case_id, deadlines.c.state == "open"
        )
    )
    return {(row.duty, row.qualifier): row.due for row in rows}


def terms(connection: sa.Connection) -> list[Any]:
    """Return the school terms, in order."""
    return list(connection.execute(sa.select(*school_terms.c).order_by(school_terms.c.first)).all())


def add_term(connection: sa.Connection, first: dt.date, last: dt.date, name: str) -> None:
    """Add a school term."""
    connection.execute(school_terms.insert(), {"first": first, "last": last, "name": name})


def remove_term(connection: sa.Connection, first: dt.date) -> bool:
    """Take a school term out; False where there is none."""
    gone = connection.execute(
        school_terms.delete().where(school_terms.c.first == first).returning(school_terms.c.first)
    )
    return gone.first() is not None
