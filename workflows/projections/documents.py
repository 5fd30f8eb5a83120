"""The documents of a case with their versions, and the notices among them."""

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
        work.connection.execute(
            documents.insert(),
            [
                {
                    "id": each.document_id,
                    "case_id": case_id,
                    "title": each.title,
                    "kind": each.kind,
                    "roles": list(each.roles),
                    "added_at": work.now,
                    "added_by": work.actor.id,
                    "task_id": each.task_id,
                }
                for each in added
            ],
        )
        work.connection.execute(
            document_versions.insert(),
            [
                {
                    "document_id": each.document_id,
                    "version": 1,
                    "file_name": each.file_name,
                    "media_type": each.media_type,
                    "size": each.size,
                    "sha256": each.sha256,
                    "location": each.location,
                    "added_at": work.now,
                    "added_by": work.actor.id,
                }
                for each in added
            ],
        )
    issued = [
        {
            "id": each.notice_id,
            "case_id": case_id,
            "kind": each.kind,
            "recipient_kind": each.recipient_kind,
            "recipient_name": each.recipient_name,
            "recipient_email": each.recipient_email,
            "document_id": each.document_id,
            "issued_at": work.now,
            "issued_by": work.actor.id,
        }
        for each in work.changes
        if isinstance(each, changes.NoticeIssued) and each.case_id == case_id
    ]
    if issued:
        work.connection.execute(notices.insert(), issued)
