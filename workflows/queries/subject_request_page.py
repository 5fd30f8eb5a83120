"""A subject access request with all that is held, for whoever decides what is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people as directory, sight
from workflows.access.people import FAMILY, Person
from workflows.store import held, subject_requests
from workflows.store.privacy_tables import subject_requests as table
from workflows.store.subject_requests import SubjectRequest
from workflows.store.tables import (
    agencies,
    cases,
    document_versions,
    documents,
    memberships,
    people,
    teams,
)

Held = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A request in a list."""

    request: SubjectRequest
    case_reference: str
    logged_by: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be given. `locations`: file name and place of each version."""

    id: str
    title: str
    case_reference: str
    locations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about.

    Attributes:
        child_name: Whose cases they are.
        cases: Reference and all that is held, for each case.
        documents: All documents, of whatever role may see them.
        staff: Names and email addresses of people who acted in their role.
        names: Identifier to name of those.
    """

    request: SubjectRequest
    child_name: str
    cases: tuple[tuple[str, Held], ...]
    documents: tuple[Document, ...]
    staff: frozenset[str]
    names: Mapping[str, str]


def subject_request_list(connection: sa.Connection, person: Person) -> tuple[Row, ...]:
    """Return the requests about cases that a person sees, what is open first, by when it is due."""
    is_open = sa.case((table.c.status == "ready", 1), else_=0)
    rows = connection.execute(
        sa.select(*table.c, cases.c.reference, people.c.name)
        .join(cases, cases.c.id == table.c.case_id)
        .outerjoin(people, people.c.id == table.c.logged_by)
        .where(sight.visible_cases(person))
        .order_by(is_open, table.c.due_on, table.c.id)
        .limit(subject_requests.SHOWN)
    )
    return tuple(Row(subject_requests.of_row(row), row.reference, row.name or "") for row in rows)


def subject_request_page(
    connection: sa.Connection, person: Person, request_id: UUID
) -> tuple[Subject, str]:
    """Return a request with all that is held, and why the person may see it.

    Raises:
        subject_requests.NoSuchRequest: there is none.
        sight.NoSuchCase: a case of it is not the person's to see.
    """
    request = subject_requests.load(connection, request_id)
    whys = [sight.why_may_see(connection, person, each) for each in request.cases]
    return subject(connection, request), whys[0]


def subject(connection: sa.Connection, request: SubjectRequest) -> Subject:
    """Return all that is held on the cases of a request, whoever may see which part of it."""
    rows = {
        row.id: row
        for row in connection.execute(sa.select(*cases.c).where(cases.c.id.in_(request.cases)))
    }
    child = rows[request.case_id]
    all_held = tuple(
        (rows[each].reference, held.everything(connection, each)) for each in request.cases
    )
    return Subject(
        request,
        f"{child.child_first_name} {child.child_last_name}",
        all_held,
        tuple(each for case_id in request.cases for each in _documents(connection, case_id, rows)),
        _staff(connection),
        directory.names(connection, _actors(all_held)),
    )


def _documents(
    connection: sa.Connection, case_id: UUID, rows: Mapping[UUID, Any]
) -> list[Document]:
    found = connection.execute(
        sa.select(
            documents.c.id,
            documents.c.title,
            document_versions.c.file_name,
            document_versions.c.location,
        )
        .join(document_versions, document_versions.c.document_id == documents.c.id)
        .where(documents.c.case_id == case_id)
        .order_by(documents.c.added_at, documents.c.id, document_versions.c.version)
    ).all()
    titles = {str(row.id): row.title for row in found}
    return [
        Document(
            each,
            title,
            rows[case_id].reference,
            tuple((row.file_name, row.location) for row in found if str(row.id) == each),
        )
        for each, title in titles.items()
    ]


def _staff(connection: sa.Connection) -> frozenset[str]:
    """Return names and addresses of people and teams who act in a role; families are none of them."""
    works = sa.select(memberships.c.person_id).where(memberships.c.role != FAMILY)
    rows = connection.execute(
        sa.select(people.c.name, people.c.email).where(people.c.id.in_(works))
    )
    offices = connection.execute(
        sa.union_all(
            sa.select(teams.c.name, teams.c.email), sa.select(agencies.c.name, agencies.c.email)
        )
    )
    return frozenset(str(each) for row in (*rows, *offices) for each in row if each)


def _actors(all_held: Sequence[tuple[str, Held]]) -> set[str]:
    """Return the identifiers that stand where who acted is named."""
    named = ("_by", "assignee", "person_id", "actor_id", "key_contact")
    return {
        str(value)
        for _, tables in all_held
        for rows in tables.values()
        for row in rows
        for name, value in row.items()
        if name.endswith(named) and isinstance(value, str) and value
    }
