"""The notices of a case as they were issued, and what became of their emails."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import outbox
from workflows.store.tables import notices


@dataclass(frozen=True, slots=True)
class Email:
    """An email. `status`: queued, sent, delivered or failed; `at`: since when that holds."""

    to: str
    subject: str
    status: str
    at: dt.datetime
    attempts: int
    problem: str


@dataclass(frozen=True, slots=True)
class SentNotice:
    """A notice as issued. Files have no hash where they were issued before hashes were kept.

    Attributes:
        email: What became of its email, None where the recipient has no address.
        has_task: They find it with their task.
        template, word_template: The versions it was made from, 0 as delivered.
    """

    document_id: UUID
    recipient: str
    template: int
    word_template: int
    pdf_sha256: str
    word_file_name: str
    word_sha256: str
    word_location: str
    email: Email | None
    has_task: bool


@dataclass(frozen=True, slots=True)
class SentNotices:
    """The notices by document, and emails of another kind that could not be delivered."""

    by_document: Mapping[UUID, SentNotice]
    undelivered: tuple[Email, ...]


def sent_notices(connection: sa.Connection, case_id: UUID) -> SentNotices:
    """Return the notices of a case that the person may see.

    Stands on ix_notices_case_id and ix_outbox_subject_id.
    """
    rows = connection.execute(sa.select(*notices.c).where(notices.c.case_id == case_id)).all()
    emails = {
        row.key: row
        for row in connection.execute(
            sa.select(*outbox.c)
            .where(outbox.c.subject_id == case_id, outbox.c.kind == "email")
            .order_by(outbox.c.queued_at, outbox.c.id)
        )
    }
    found = {row.document_id: _notice(row, emails.pop(f"notice:{row.id}", None)) for row in rows}
    others = [_email(row) for row in emails.values() if row.status == "failed"]
    return SentNotices(found, tuple(others))


def _notice(row: Any, sent: Any) -> SentNotice:  # noqa: ANN401
    return SentNotice(
        row.document_id,
        row.recipient_name,
        row.template or 0,
        row.word_template or 0,
        row.pdf_sha256 or "",
        row.word_file_name or "",
        row.word_sha256 or "",
        row.word_location or "",
        _email(sent) if sent else None,
        row.recipient_kind == "adviser",
    )


def _email(row: Any) -> Email:  # noqa: ANN401
    return Email(
        to=str(row.payload.get("to", "")),
        subject=str(row.payload.get("subject", "")),
        status=row.status,
        at=row.settled_at
        if row.status == "failed" and row.settled_at
        else row.sent_at or row.queued_at,
        attempts=row.attempts,
        problem=row.last_error or "",
    )
