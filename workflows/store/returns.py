"""The return as it is kept: how each case stands, its problems, headers and what was submitted."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from engine.store.tables import subjects
from workflows.store.return_tables import (
    frozen_returns,
    return_headers,
    return_problems,
    return_records,
)
from workflows.store.tables import cases

BY_OTHERS: Final = 1000  # places of problems from here on are caused by other cases
STREAMED: Final = 500  # rows held at once


class Frozen(errors.Conflict):
    """The return of that year has been submitted. What was sent is kept as it was."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem, as it is kept."""

    rule: str
    severity: str
    module: str
    element: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A case in the return of a year, as it is kept."""

    case_id: UUID
    seq: int
    person: tuple[str, str, str]  # identity, UPN, ULN
    team_id: str
    area: str
    opened_at: dt.datetime
    record: Mapping[str, Any] | None
    measures: tuple[str, ...]
    problems: tuple[ProblemRow, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was submitted: the department's receipt, the hash of the XML, the rows of each module."""

    reference: str
    sha256: str
    counts: Mapping[str, int]


def is_frozen(connection: sa.Connection, year: int) -> bool:
    """Tell whether the return of a year was submitted."""
    statement = sa.select(frozen_returns.c.year).where(frozen_returns.c.year == year)
    return connection.execute(statement).one_or_none() is not None


def stale(
    connection: sa.Connection,
    year: int,
    version: str,
    *,
    before: dt.datetime | None,
    after: UUID | None,
    limit: int,
) -> list[UUID]:
    """Return cases that were touched since they were looked at, or never were, in their order.

    Args:
        connection: Where.
        year: Of the return.
        version: Of the rules; what was looked at by others is stale.
        before: Those looked at before this moment are stale as well, touched or not.
        after: Only cases after this one.
        limit: How many at most.
    """
    known = return_records.c
    touched = [
        known.seq.is_(None),
        known.seq != subjects.c.history_seq,
        known.version != version,
        *([known.checked_at < before] if before else []),
    ]
    statement = (
        sa.select(cases.c.id)
        .join(subjects, subjects.c.id == cases.c.id)
        .outerjoin(return_records, (known.case_id == cases.c.id) & (known.year == year))
        .where(sa.or_(*touched), *([cases.c.id > after] if after else []))
        .order_by(cases.c.id)
        .limit(limit)
    )
    return list(connection.execute(statement).scalars())


def count_cases(connection: sa.Connection) -> int:
    """Return how many cases there are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(cases)).scalar_one())


def submitted(
    connection: sa.Connection, year: int, case_ids: Sequence[UUID]
) -> dict[UUID, Mapping[str, Any]] | None:
    """Return what was submitted of cases in a year; None where no return of it was submitted."""
    if not is_frozen(connection, year):
        return None
    statement = sa.select(return_records.c.case_id, return_records.c.record).where(
        return_records.c.year == year,
        return_records.c.case_id.in_(case_ids),
        return_records.c.record.is_not(None),
    )
    return {row.case_id: row.record for row in connection.execute(statement)}


def keep(
    connection: sa.Connection,
    year: int,
    version: str,
    rows: Sequence[RecordRow],
    *,
    now: dt.datetime,
) -> None:
    """Keep how cases stand; `changed_at` moves only where what is sent is another.

    Raises:
        Frozen: the return of the year was submitted.
    """
    if is_frozen(connection, year):
        raise Frozen
    identifiers = [each.case_id for each in rows]
    sent = _sent(connection, year, identifiers)
    of_cases = (return_problems.c.year == year, return_problems.c.case_id.in_(identifiers))
    connection.execute(
        return_problems.delete().where(*of_cases, return_problems.c.place < BY_OTHERS)
    )
    if not rows:
        return
    values = [_values(each, year, version, now, sent) for each in rows]
    statement = upsert(return_records, connection)
    columns = [each.name for each in return_records.c if not each.primary_key]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["year", "case_id"],
            set_={name: statement.excluded[name] for name in columns if name != "person_key"},
        ),
        values,
    )
    problems = [
        _problem(problem, year, each, place)
        for each in rows
        for place, problem in enumerate(each.problems)
    ]
    if problems:
        connection.execute(return_problems.insert(), problems)


def _sent(
    connection: sa.Connection, year: int, case_ids: Sequence[UUID]
) -> dict[UUID, tuple[Any, dt.datetime]]:
    statement = sa.select(
        return_records.c.case_id, return_records.c.record, return_records.c.changed_at
    ).where(return_records.c.year == year, return_records.c.case_id.in_(case_ids))
    return {row.case_id: (row.record, row.changed_at) for row in connection.execute(statement)}


def _values(
    row: RecordRow,
    year: int,
    version: str,
    now: dt.datetime,
    sent: Mapping[UUID, tuple[Any, dt.datetime]],
) -> dict[str, Any]:
    before = sent.get(row.case_id)
    same = before is not None and before[0] == row.record
    identity, upn, uln = row.person
    severities = [each.severity for each in row.problems]
    return {
        "year": year,
        "case_id": row.case_id,
        "seq": row.seq,
        "version": version,
        "included": row.record is not None,
        "person_key": identity,
        "identity": identity,
        "upn": upn,
        "uln": uln,
        "team_id": row.team_id,
        "area": row.area,
        "errors": severities.count("error"),
        "queries": severities.count("query"),
        "record": row.record,
        "measures": list(row.measures),
        "opened_at": row.opened_at,
        "checked_at": now,
        "changed_at": before[1] if before and same else now,
    }


def _problem(problem: ProblemRow, year: int, row: RecordRow, place: int) -> dict[str, Any]:
    return {
        "year": year,
        "case_id": row.case_id,
        "place": place,
        "rule": problem.rule,
        "severity": problem.severity,
        "module": problem.module,
        "element": problem.element,
        "value": problem.value,
        "source": problem.source,
        "team_id": row.team_id,
        "area": row.area,
    }


def stream(connection: sa.Connection, year: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what is sent, a few hundred rows in memory at a time, with the keys of the persons.

    Stands on ix_return_records_year_person_key.
    """
    statement = (
        sa.select(return_records.c.person_key, return_records.c.record)
        .where(return_records.c.year == year, return_records.c.included)
        .order_by(
            return_records.c.person_key,
            return_records.c.opened_at.desc(),
            return_records.c.case_id,
        )
        .execution_options(yield_per=STREAMED)
    )
    for row in connection.execute(statement):
        yield row.person_key, row.record


def header(connection: sa.Connection, year: int) -> Mapping[str, str]:
    """Return what was entered for the header, else that of the newest year before."""
    kept: Mapping[str, str] | None = connection.execute(
        sa.select(return_headers.c["values"])
        .where(return_headers.c.year <= year)
        .order_by(return_headers.c.year.desc())
        .limit(1)
    ).scalar_one_or_none()
    return kept or {}


def save_header(
    connection: sa.Connection,
    year: int,
    values: Mapping[str, str],
    *,
    entered: tuple[dt.datetime, str],
) -> None:
    """Keep what was entered for the header; `entered` is when and by whom.

    Raises:
        Frozen: the return of the year was submitted.
    """
    if is_frozen(connection, year):
        raise Frozen
    kept = {"values": dict(values), "changed_at": entered[0], "changed_by": entered[1]}
    statement = upsert(return_headers, connection).values(year=year, **kept)
    connection.execute(statement.on_conflict_do_update(index_elements=["year"], set_=kept))


def freeze(
    connection: sa.Connection,
    year: int,
    run_id: UUID,
    *,
    entered: tuple[dt.datetime, str],
    submitted_as: Submitted,
) -> None:
    """Keep that a return was submitted.

    Raises:
        Frozen: it was before.
    """
    if is_frozen(connection, year):
        raise Frozen
    connection.execute(
        frozen_returns.insert(),
        {
            "year": year,
            "run_id": run_id,
            "frozen_at": entered[0],
            "frozen_by": entered[1],
            "reference": submitted_as.reference,
            "sha256": submitted_as.sha256,
            "counts": dict(submitted_as.counts),
        },
    )


def changed_since(connection: sa.Connection, year: int, moment: dt.datetime) -> int:
    """Return how many cases send another record than at a moment."""
    statement = (
        sa.select(sa.func.count())
        .select_from(return_records)
        .where(return_records.c.year == year, return_records.c.changed_at > moment)
    )
    return int(connection.execute(statement).scalar_one())
