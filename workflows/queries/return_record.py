"""What is sent of one case, with where each value comes from and what is wrong with it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.access import sight
from workflows.access.people import Person
from workflows.returns import model
from workflows.returns.model import Module
from workflows.store.return_tables import return_problems, return_records
from workflows.store.returns import ProblemRow
from workflows.store.tables import cases


class NotLookedAt(errors.NotFound):
    """This case has not been looked at for that return yet. It is within a day."""


@dataclass(frozen=True, slots=True)
class ReturnRecord:
    """A case in the return of a year. `record` is None where it is out of scope."""

    case_id: UUID
    reference: str
    name: str
    why: str
    record: Module | None
    problems: tuple[ProblemRow, ...]
    checked_at: dt.datetime


def return_record(
    connection: sa.Connection, person: Person, year: int, case_id: UUID
) -> ReturnRecord:
    """Return a case as it will be sent.

    Raises:
        sight.NoSuchCase: there is none, or it is not the person's to see.
        NotLookedAt: nobody has looked at it for that year.
    """
    why = sight.why_may_see(connection, person, case_id)
    known = return_records.c
    row = connection.execute(
        sa.select(
            known.record,
            known.checked_at,
            cases.c.reference,
            cases.c.child_first_name,
            cases.c.child_last_name,
        )
        .join(cases, cases.c.id == known.case_id)
        .where(known.year == year, known.case_id == case_id)
    ).one_or_none()
    if row is None:
        raise NotLookedAt
    return ReturnRecord(
        case_id,
        row.reference,
        f"{row.child_first_name} {row.child_last_name}",
        why,
        model.load(row.record) if row.record else None,
        _problems(connection, year, case_id),
        row.checked_at,
    )


def _problems(connection: sa.Connection, year: int, case_id: UUID) -> tuple[ProblemRow, ...]:
    known = return_problems.c
    statement = (
        sa.select(
            known.rule, known.severity, known.module, known.element, known.value, known.source
        )
        .where(known.year == year, known.case_id == case_id)
        .order_by(known.place)
    )
    return tuple(ProblemRow(*row) for row in connection.execute(statement))
