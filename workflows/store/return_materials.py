"""Read what cases give to the return: for many cases by a few statements, none in a loop."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import instances, subjects
from workflows.store.privacy_tables import restrictions
from workflows.store.tables import (
    agencies,
    case_facts,
    cases,
    deadlines,
    involvements,
    lawful_exceptions,
    parties,
)

PHASE_DUTIES: Final = ("review.phase_transfer", "review.phase_transfer_post_16")
CASEWORK: Final = "sen_casework"
HIDDEN_ADDRESS: Final = "hidden_address"  # as `workflows.access.restricted` has it
Rows = dict[UUID, list[Any]]


@dataclass(frozen=True, slots=True)
class Read:
    """Rows of cases, each by the case."""

    cases: Sequence[Any]
    facts: Rows
    exceptions: Rows
    addresses: Rows
    phase_dues: Rows
    teams: dict[UUID, str]
    sources: dict[UUID, str]
    settings: dict[str, dict[str, Any]]


def read(connection: sa.Connection, case_ids: Sequence[UUID]) -> Read:
    """Read some cases; each statement stands on the index of the case."""
    found = _cases(connection, case_ids)
    return Read(
        found,
        _facts(connection, case_ids),
        _exceptions(connection, case_ids),
        _rows(
            connection,
            (parties.c.case_id, parties.c.kind, parties.c.address),
            parties.c.case_id.in_(case_ids) & (parties.c.address != ""),
        ),
        _rows(
            connection,
            (deadlines.c.case_id, deadlines.c.qualifier, deadlines.c.due),
            deadlines.c.case_id.in_(case_ids) & deadlines.c.duty.in_(PHASE_DUTIES),
        ),
        _teams(connection, case_ids),
        _sources(connection, case_ids),
        _settings(connection, {row.setting_id for row in found if row.setting_id}),
    )


def _cases(connection: sa.Connection, case_ids: Sequence[UUID]) -> Sequence[Any]:
    statement = (
        sa.select(
            cases.c.id,
            cases.c.reference,
            cases.c.process_key,
            cases.c.child_first_name,
            cases.c.child_last_name,
            cases.c.child_date_of_birth,
            cases.c.details,
            cases.c.area,
            cases.c.setting_id,
            cases.c.opened_at,
            subjects.c.history_seq,
            sa.exists()
            .where(restrictions.c.case_id == cases.c.id, restrictions.c.kind == HIDDEN_ADDRESS)
            .label("hidden_address"),
        )
        .join(subjects, subjects.c.id == cases.c.id)
        .where(cases.c.id.in_(case_ids))
        .order_by(cases.c.id)
    )
    return connection.execute(statement).all()


def _facts(connection: sa.Connection, case_ids: Sequence[UUID]) -> Rows:
    known = case_facts.c
    return _rows(
        connection,
        (known.case_id, known.code, known.on, known.qualifier, known.outcome),
        known.case_id.in_(case_ids) & known.current,
    )


def _exceptions(connection: sa.Connection, case_ids: Sequence[UUID]) -> Rows:
    known = lawful_exceptions.c
    return _rows(
        connection,
        (
            known.case_id,
            known.duty,
            known.ground,
            known.from_date,
            known.to_date,
            known.qualifier,
        ),
        known.case_id.in_(case_ids),
    )


def _rows(
    connection: sa.Connection,
    columns: tuple[sa.ColumnElement[Any], ...],
    where: sa.ColumnElement[bool],
) -> Rows:
    found: Rows = defaultdict(list)
    statement = sa.select(*columns).where(where).order_by(*columns)
    for row in connection.execute(statement):
        found[row[0]].append(row[1:])
    return found


def _teams(connection: sa.Connection, case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the casework team that was involved first."""
    statement = (
        sa.select(involvements.c.case_id, involvements.c.team_id)
        .where(involvements.c.case_id.in_(case_ids), involvements.c.role == CASEWORK)
        .order_by(involvements.c.since.desc(), involvements.c.team_id)
    )
    return {row.case_id: row.team_id for row in connection.execute(statement)}


def _sources(connection: sa.Connection, case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return who made the request, as the start form of the first process was answered."""
    source = instances.c.variables["request_source"].as_string()
    statement = (
        sa.select(instances.c.subject_id, source)
        .where(instances.c.subject_id.in_(case_ids), source.is_not(None))
        .order_by(instances.c.started_at.desc(), instances.c.id)
    )
    return {row[0]: str(row[1]) for row in connection.execute(statement)}


def _settings(connection: sa.Connection, setting_ids: set[str]) -> dict[str, dict[str, Any]]:
    if not setting_ids:
        return {}
    statement = sa.select(agencies.c.id, agencies.c.details).where(agencies.c.id.in_(setting_ids))
    return {row.id: row.details for row in connection.execute(statement)}
