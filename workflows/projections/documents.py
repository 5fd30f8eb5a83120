"""The documents of a case with their versions, and the notices among them."""

from typing import Any
from uuid import UUID

from engine.unit_of_work import Work
from workflows import changes
from workflows.store.tables import document_versions, documents, notices


def project(case_id: UUID, work: Work) -> None:
    """Write documents added and notices issued."""
    added = [
        each
        for each in work.changes
        if isinstance(each, changes.DocumentAdded) and each.case_id == case_id
    ]
    if added:
        work.connection.execute(documents.insert(), [_document(each, work) for each in added])
        work.connection.execute(
            document_versions.insert(), [_version(each, work) for each in added]
        )
    newer = [
        each
        for each in work.changes
        if isinstance(each, changes.DocumentVersionAdded) and each.case_id == case_id
    ]
    if newer:
        work.connection.execute(
            document_versions.insert(), [_version(each, work) for each in newer]
        )
    issued = [
        _notice(each, work)
        for each in work.changes
        if isinstance(each, changes.NoticeIssued) and each.case_id == case_id
    ]
    if issued:
        work.connection.execute(notices.insert(), issued)


def _document(added: changes.DocumentAdded, work: Work) -> dict[str, Any]:
    return {
        "id": added.document_id,
        "case_id": added.case_id,
        "title": added.title,
        "kind": added.kind,
        "roles": list(added.roles),
        "added_at": work.now,
        "added_by": work.actor.id,
        "task_id": added.task_id,
    }


def _version(
    added: changes.DocumentAdded | changes.DocumentVersionAdded, work: Work
) -> dict[str, Any]:
    return {
        "document_id": added.document_id,
        "version": added.version if isinstance(added, changes.DocumentVersionAdded) else 1,
        "file_name": added.file_name,
        "media_type": added.media_type,
        "size": added.size,
        "sha256": added.sha256,
        "location": added.location,
        "added_at": work.now,
        "added_by": work.actor.id,
    }


def _notice(issued: changes.NoticeIssued, work: Work) -> dict[str, Any]:
    return {
        "id": issued.notice_id,
        "case_id": issued.case_id,
        "kind": issued.kind,
        "recipient_kind": issued.recipient_kind,
        "recipient_name": issued.recipient_name,
        "recipient_email": issued.recipient_email,
        "document_id": issued.document_id,
        "issued_at": work.now,
        "issued_by": work.actor.id,
        "template": issued.template,
        "word_template": issued.word_template,
        "pdf_sha256": issued.pdf_sha256,
        "word_file_name": issued.word_file_name,
        "word_sha256": issued.word_sha256,
        "word_location": issued.word_location,
    }
