"""All versions of a document of a case, the newest first."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people, sight
from workflows.access.people import FAMILY, Person
from workflows.store import documents as rows_of
from workflows.store.tables import document_versions as table


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document."""

    version: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    location: str
    added_at: dt.datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Versions:
    """A document with its versions.

    Attributes:
        why: Why the person may see the case.
        was_sent: It is a notice that was sent: there will be no further version.
        may_add: The person may add a version.
    """

    document_id: UUID
    title: str
    kind: str
    why: str
    was_sent: bool
    may_add: bool
    versions: tuple[Version, ...]


def document_versions(
    connection: sa.Connection, person: Person, case_id: UUID, document_id: UUID
) -> Versions:
    """Return a document with its versions; stands on the primary key.

    Raises:
        sight.NoSuchCase: the case is not the person's to see.
        NoSuchDocument: there is none, or it is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    row = rows_of.newest(connection, case_id, document_id)
    if row.roles and not person.sees_all_cases and not person.roles & set(row.roles):
        raise rows_of.NoSuchDocument
    found = connection.execute(
        sa.select(*table.c)
        .where(table.c.document_id == document_id)
        .order_by(table.c.version.desc())
    ).all()
    names = people.names(connection, {each.added_by for each in found})
    return Versions(
        document_id,
        row.title,
        row.kind,
        why,
        row.was_sent,
        not row.was_sent and (not person.roles <= {FAMILY} or row.added_by == person.id),
        tuple(
            Version(
                each.version,
                each.file_name,
                each.media_type,
                each.size,
                each.sha256,
                each.location,
                each.added_at,
                names.get(each.added_by, ""),
            )
            for each in found
        ),
    )
