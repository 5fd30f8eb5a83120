"""Erase a case: what was personal goes; numbers, dates of duties and the proof stay.

Rows that name a case are deleted unless their table is listed here, so that a table which somebody
adds later keeps nothing by accident.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store import erasing, tables as engine_tables
from engine.store.migration_tables import migration_items
from workflows.store import held
from workflows.store.privacy_tables import erasures
from workflows.store.tables import (
    access_record,
    case_facts,
    cases,
    delay_reasons,
    document_versions,
    involvements,
    lawful_exceptions,
    notices,
)
from workflows.store.transition_tables import learner_history, learners

ERASED: Final = "Erased"
_tasks, _instances = engine_tables.tasks, engine_tables.instances
# What is kept of each table, with the columns that are emptied.
KEPT: Final[Mapping[str, Mapping[sa.Column[Any], Any]]] = {
    "cases": {
        cases.c.child_first_name: ERASED,
        cases.c.child_last_name: "case",
        cases.c.search_text: "",
        cases.c.details: {},
        cases.c.key_contact: "",
    },
    "case_facts": {case_facts.c.reason: "", case_facts.c.source: ERASED},
    "deadlines": {},
    "involvements": {involvements.c.why: ERASED},
    "lawful_exceptions": {lawful_exceptions.c.reason: ERASED},
    "delay_reasons": {delay_reasons.c.detail: ""},
    "access_record": {access_record.c.what: access_record.c.page},
    "subjects": {},
    "history": {},  # its bodies go by themselves, with a proof
    "instances": {_instances.c.state: b"", _instances.c.variables: {}, _instances.c.reason: None},
    "tasks": {
        _tasks.c.label: "",
        _tasks.c.properties: {},
        _tasks.c.item: sa.null(),
        _tasks.c.draft: sa.null(),
        _tasks.c["values"]: sa.null(),
    },
    "timers": {},
    "incidents": {engine_tables.incidents.c.message: ERASED},
    "migration_items": {
        migration_items.c.state_before: None,
        migration_items.c.before: sa.null(),
        migration_items.c.reason: "",
    },
    "case_tallies": {},  # numbers; the unit of work counts the case anew
    "case_flaws": {},
    "erasure_items": {},
    "erasures": {},
}
Counts = dict[str, int]


def erase(
    connection: sa.Connection, case_id: UUID, proposal_id: UUID, *, now: dt.datetime
) -> tuple[erasing.Digest, Counts]:
    """Erase a case; return the digest of its history and how many rows there were, by table."""
    given = {held.OF_CASE: case_id}
    counts: Counts = {}
    of_case = list(held.tables())
    for table, where in of_case:
        number = connection.execute(
            sa.select(sa.func.count()).select_from(table).where(where), given
        ).scalar_one()
        if number:
            counts[table.name] = number
    _forget_learners(connection, case_id)
    for table, where in reversed(of_case):
        if table.name not in KEPT and table is not learners:
            connection.execute(table.delete().where(where), given)
        elif KEPT.get(table.name):
            values = {column.name: value for column, value in KEPT[table.name].items()}
            connection.execute(table.update().where(where).values(values), given)
    born = cases.c.child_date_of_birth
    year = connection.execute(sa.select(born).where(cases.c.id == case_id)).scalar_one().year
    connection.execute(
        cases.update().where(cases.c.id == case_id).values(child_date_of_birth=dt.date(year, 1, 1))
    )
    digest = erasing.erase(connection, case_id)
    connection.execute(
        erasures.insert(),
        {
            "case_id": case_id,
            "proposal_id": proposal_id,
            "erased_at": now,
            "counts": counts,
            "digest": str(digest),
        },
    )
    return digest, counts


def files_of(connection: sa.Connection, case_id: UUID) -> frozenset[str]:
    """Return the places of all files of a case, those that other cases have as well left out."""
    own = _locations(connection, case_id, ours=True)
    return own - _locations(connection, case_id, ours=False, among=own)


def _locations(
    connection: sa.Connection, case_id: UUID, *, ours: bool, among: frozenset[str] = frozenset()
) -> frozenset[str]:
    compare: Callable[[Any, Any], Any] = (
        (lambda column, value: column == value) if ours else (lambda column, value: column != value)
    )
    by_table = dict(_documents_and_cases())
    found: set[str] = set()
    for column, (table, of_case) in by_table.items():
        statement = sa.select(column).select_from(table).where(compare(of_case, case_id))
        if among:
            statement = statement.where(column.in_(sorted(among)))
        if ours or among:
            found |= {each for each in connection.execute(statement).scalars() if each}
    return frozenset(found)


def _documents_and_cases() -> list[tuple[sa.Column[Any], tuple[sa.FromClause, sa.Column[Any]]]]:
    documents = engine_tables.metadata.tables["documents"]
    requests = engine_tables.metadata.tables["subject_requests"]
    joined = document_versions.join(documents, documents.c.id == document_versions.c.document_id)
    return [
        (document_versions.c.location, (joined, documents.c.case_id)),
        (notices.c.word_location, (notices, notices.c.case_id)),
        (requests.c.location, (requests, requests.c.case_id)),
    ]


def _forget_learners(connection: sa.Connection, case_id: UUID) -> None:
    """Take the child out of the transition plan as well."""
    found = connection.execute(
        sa.select(learners.c.id).where(learners.c.case_id == case_id)
    ).scalars()
    for learner_id in list(found):
        connection.execute(
            learner_history.update()
            .where(learner_history.c.learner_id == learner_id)
            .values(body={"erased": True})
        )
        connection.execute(learners.delete().where(learners.c.id == learner_id))
