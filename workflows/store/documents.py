"""The row of a document with its newest version, for commands that add to it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store.tables import document_versions, documents, notices


class NoSuchDocument(errors.NotFound):
    """There is no such document on this case, or it is not one that you may see."""


def newest(connection: sa.Connection, case_id: UUID, document_id: UUID) -> Any:  # noqa: ANN401 (a row)
    """Return a document of a case with version and hash of its newest version, and whether it was sent.

    Raises:
        NoSuchDocument: there is none.
    """
    sent = sa.exists().where(notices.c.document_id == documents.c.id).label("was_sent")
    row = connection.execute(
        sa.select(*documents.c, document_versions.c.version, document_versions.c.sha256, sent)
        .join(document_versions, document_versions.c.document_id == documents.c.id)
        .where(documents.c.id == document_id, documents.c.case_id == case_id)
        .order_by(document_versions.c.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NoSuchDocument
    return row
