"""Add a new version of a document of a case; those before it stay as they are."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.documents.store import Stored
from workflows.store import documents


@dataclass(frozen=True, slots=True)
class AddDocumentVersion:
    """Add a stored file as the newest version of a document."""

    case_id: UUID
    document_id: UUID
    stored: Stored


class AlreadySent(errors.Conflict):
    """A notice or a plan that was sent stays as it was sent. Add another document instead."""


class SameFile(errors.Conflict):
    """This file is the same as the newest version."""


def add_document_version(command: AddDocumentVersion, work: Work) -> None:
    """Enter the version; the case is locked, so that versions are counted one after the other.

    Raises:
        errors.NotFound: there is no such case or document.
        AlreadySent: the document is a notice that was sent.
        SameFile: nothing is new about the file.
    """
    work.lock_subject(command.case_id)
    row = documents.newest(work.connection, command.case_id, command.document_id)
    if row.was_sent:
        raise AlreadySent
    stored = command.stored
    if stored.sha256 == row.sha256:
        raise SameFile
    work.record(
        changes.DocumentVersionAdded(
            None,
            command.case_id,
            command.document_id,
            row.version + 1,
            row.title,
            stored.file_name[:200],
            stored.media_type,
            stored.size,
            stored.sha256,
            stored.location,
        )
    )
