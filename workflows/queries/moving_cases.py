"""Cases in a migration: their references and time limits, nothing about a child."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import instances
from workflows.store.tables import cases, deadlines


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A statutory time limit of a case that runs: what is due, and when."""

    title: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class MovingCase:
    """A case by its reference, with the time limits that run in it."""

    case_id: UUID
    reference: str
    limits: tuple[TimeLimit, ...]


class UnknownReferences(errors.Invalid):
    """Some references are not those of cases that run on this version."""


def moving_cases(connection: sa.Connection, case_ids: Collection[UUID]) -> dict[UUID, MovingCase]:
    """Return cases by their identifiers, with their open deadlines, the soonest first."""
    limits: dict[UUID, list[TimeLimit]] = {}
    rows = connection.execute(
        sa.select(deadlines.c.case_id, deadlines.c.title, deadlines.c.due)
        .where(deadlines.c.case_id.in_(case_ids), deadlines.c.state == "open")
        .order_by(deadlines.c.due, deadlines.c.duty, deadlines.c.qualifier)
    )
    for row in rows:
        limits.setdefault(row.case_id, []).append(TimeLimit(row.title, row.due))
    found = connection.execute(
        sa.select(cases.c.id, cases.c.reference)
        .where(cases.c.id.in_(case_ids))
        .order_by(cases.c.reference)
    )
    return {
        row.id: MovingCase(row.id, row.reference, tuple(limits.get(row.id, ()))) for row in found
    }


def instances_of_references(
    connection: sa.Connection, process_key: str, version: int, references: Sequence[str]
) -> tuple[UUID, ...]:
    """Return the running instances of a version whose cases have these references.

    Raises:
        UnknownReferences: some have none; the message names them.
    """
    rows = connection.execute(
        sa.select(instances.c.id, cases.c.reference)
        .join(cases, cases.c.id == instances.c.subject_id)
        .where(
            cases.c.reference.in_(references),
            instances.c.process_key == process_key,
            instances.c.version == version,
            instances.c.status.in_(["active", "suspended"]),
        )
        .order_by(instances.c.id)
    ).all()
    unknown = sorted(set(references) - {row.reference for row in rows})
    if unknown:
        message = f"Not running on this version: {', '.join(unknown[:10])}"
        raise UnknownReferences(message, errors={"references": (message,)})
    return tuple(row.id for row in rows)
