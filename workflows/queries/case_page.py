"""All that a case page shows, for someone who may see the case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.queries.instance import Instance, instances_of
from workflows.access import people as directory, sight
from workflows.access.people import CASEWORK, MANAGER, SEES_ALL, Person
from workflows.access.restricted import is_restricted
from workflows.queries.advice_board import Advice, advice_board
from workflows.queries.deadline_list import DeadlineFilter, DeadlineRow, deadline_list
from workflows.queries.exception_request_list import Asked, of_case
from workflows.queries.sent_notices import SentNotices, sent_notices
from workflows.queries.work_list import Scope, WorkFilter, WorkItem, work_list
from workflows.store.tables import (
    agencies,
    case_facts,
    cases,
    document_versions,
    documents,
    involvements,
    lawful_exceptions,
    parties,
    teams,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its newest version."""

    id: UUID
    title: str
    kind: str
    file_name: str
    media_type: str
    size: int
    location: str
    added_at: dt.datetime
    added_by: str
    version: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with everything that hangs on it. Rows are as the database has them."""

    case: Any
    setting_name: str
    key_contact: str
    caseworkers: tuple[tuple[str, str], ...]
    why: str
    deadlines: tuple[DeadlineRow, ...]
    tasks: tuple[WorkItem, ...]
    instances: tuple[Instance, ...]
    parties: tuple[Any, ...]
    involved: tuple[Any, ...]
    documents: tuple[Document, ...]
    advice: tuple[Advice, ...]
    facts: tuple[Any, ...]
    exceptions: tuple[Any, ...]
    asked: tuple[Asked, ...]
    names: dict[str, str]
    sent: SentNotices


def case_page(
    connection: sa.Connection, person: Person, case_id: UUID, *, now: dt.datetime
) -> CasePage:
    """Return a case.

    Raises:
        sight.NoSuchCase: there is none, or it is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    row = _case(connection, case_id)
    facts = _rows(connection, case_facts, case_id, case_facts.c.on, case_facts.c.recorded_at)
    added = _documents(connection, person, case_id)
    exceptions = _rows(connection, lawful_exceptions, case_id, lawful_exceptions.c.recorded_at)
    known = {each.recorded_by for each in facts} | {each.added_by for each in added}
    known |= {each.decided_by for each in exceptions} | {row.key_contact}
    names = directory.names(connection, known)
    due = deadline_list(
        connection, person, DeadlineFilter(case_id=case_id), now=now, limit=100
    ).items
    gathers = bool(person.roles & SEES_ALL)
    chooses = bool(person.roles & {CASEWORK, MANAGER})
    return CasePage(
        case=row,
        setting_name=row.setting_name or "",
        key_contact=names.get(row.key_contact, ""),
        caseworkers=tuple(directory.caseworkers(connection, case_id)) if chooses else (),
        why=why,
        deadlines=due,
        tasks=work_list(
            connection, person, WorkFilter(Scope.ALL, case_id=case_id), now=now, limit=100
        ).page.items,
        instances=tuple(instances_of(connection, case_id)),
        parties=_rows(connection, parties, case_id, parties.c.kind, parties.c.name),
        involved=_involved(connection, case_id),
        documents=added,
        advice=advice_board(connection, case_id, due) if gathers else (),
        facts=facts,
        exceptions=exceptions,
        asked=of_case(connection, person, case_id),
        names=names,
        sent=sent_notices(connection, case_id),
    )


def _case(connection: sa.Connection, case_id: UUID) -> Any:  # noqa: ANN401 (a row)
    return connection.execute(
        sa.select(
            *cases.c,
            agencies.c.name.label("setting_name"),
            is_restricted(cases.c.id).label("restricted"),
        )
        .select_from(cases.outerjoin(agencies, agencies.c.id == cases.c.setting_id))
        .where(cases.c.id == case_id)
    ).one()


def reference(connection: sa.Connection, case_id: UUID) -> str:
    """Return the reference of a case, "" where there is none."""
    found = connection.execute(
        sa.select(cases.c.reference).where(cases.c.id == case_id)
    ).scalar_one_or_none()
    return found or ""


def case_of_reference(connection: sa.Connection, person: Person, text: str) -> UUID:
    """Return the case of a reference that a person may see.

    Raises:
        errors.Invalid: there is none for them; the field is called `case`.
    """
    found: UUID | None = connection.execute(
        sa.select(cases.c.id).where(
            cases.c.reference == text.strip().upper(), sight.visible_cases(person)
        )
    ).scalar_one_or_none()
    if found is None:
        message = "There is no case with this reference that you may see"
        raise errors.Invalid(f"{message}.", errors={"case": (message,)})
    return found


def document(
    connection: sa.Connection, person: Person, case_id: UUID, document_id: UUID
) -> Document | None:
    """Return one document of a case, None where the person may not see it."""
    sight.why_may_see(connection, person, case_id)
    return next(
        (each for each in _documents(connection, person, case_id) if each.id == document_id), None
    )


def _rows(
    connection: sa.Connection, table: sa.Table, case_id: UUID, *order: sa.Column[Any]
) -> tuple[Any, ...]:
    statement = sa.select(*table.c).where(table.c.case_id == case_id).order_by(*order, table.c.id)
    return tuple(connection.execute(statement).all())


def _involved(connection: sa.Connection, case_id: UUID) -> tuple[Any, ...]:
    statement = (
        sa.select(
            teams.c.name,
            agencies.c.name.label("agency_name"),
            involvements.c.role,
            involvements.c.since,
            involvements.c.why,
        )
        .join(teams, teams.c.id == involvements.c.team_id)
        .join(agencies, agencies.c.id == teams.c.agency_id)
        .where(involvements.c.case_id == case_id)
        .order_by(involvements.c.since, teams.c.name, involvements.c.role)
    )
    return tuple(connection.execute(statement).all())


def _documents(connection: sa.Connection, person: Person, case_id: UUID) -> tuple[Document, ...]:
    newest = (
        sa.select(
            document_versions.c.document_id,
            sa.func.max(document_versions.c.version).label("version"),
        )
        .join(documents, documents.c.id == document_versions.c.document_id)
        .where(documents.c.case_id == case_id)
        .group_by(document_versions.c.document_id)
        .subquery()
    )
    statement = (
        sa.select(
            documents.c.id,
            documents.c.title,
            documents.c.kind,
            document_versions.c.file_name,
            document_versions.c.media_type,
            document_versions.c.size,
            document_versions.c.location,
            documents.c.added_at,
            documents.c.added_by,
            newest.c.version,
            documents.c.roles,
        )
        .join(newest, newest.c.document_id == documents.c.id)
        .join(
            document_versions,
            (document_versions.c.document_id == documents.c.id)
            & (document_versions.c.version == newest.c.version),
        )
        .where(documents.c.case_id == case_id)
        .order_by(documents.c.added_at.desc(), documents.c.id)
    )
    return tuple(
        Document(*row[:10])
        for row in connection.execute(statement)
        if not row.roles or person.sees_all_cases or person.roles & set(row.roles)
    )
