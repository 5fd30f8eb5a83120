"""Add a document to a case; its bytes are in the store already."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows import changes
from workflows.documents.store import Stored


@dataclass(frozen=True, slots=True)
class AddDocument:
    """Add a stored file to a case, for all who may see the case or for some roles only."""

    case_id: UUID
    title: str
    kind: str
    stored: Stored
    roles: tuple[str, ...] = ()
    task_id: UUID | None = None
    document_id: UUID = field(default_factory=uuid4)


def add_document(command: AddDocument, work: Work) -> None:
    """Enter the document.

    Raises:
        errors.NotFound: there is no such case.
    """
    work.lock_subject(command.case_id)
    stored = command.stored
    work.record(
        changes.DocumentAdded(
            None,
            command.case_id,
            command.document_id,
            (command.title.strip() or stored.file_name)[:200],
            command.kind[:60],
            stored.file_name[:200],
            stored.media_type,
            stored.size,
            stored.sha256,
            stored.location,
            command.roles,
            command.task_id,
        )
    )
