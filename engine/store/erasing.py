"""Erase what a subject's history said, and prove that nothing else in it was changed.

The chain of a history cannot be computed again once its bodies are gone. So each entry keeps its place,
moment, actor, kind and hash, and one entry more says that the bodies were erased and carries the
digest of all that was kept: who changed an erased history after that is found out all the same.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from typing_extensions import override

from engine.store.tables import history

ERASED: Final[Mapping[str, Any]] = {"erased": True}


class Digest:
    """The digest of what is kept of entries that are erased, in their order."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._hash = hashlib.sha256()
        self.entries = 0

    def add(self, entry: Any) -> None:  # noqa: ANN401 (a row)
        """Take an entry in."""
        at: dt.datetime = entry.at.astimezone(dt.UTC)
        kept = (entry.seq, at.isoformat(), entry.actor_id, entry.kind, entry.element_id, entry.hash)
        self._hash.update(("\x1f".join(str(each) for each in kept) + "\x1e").encode())
        self.entries += 1

    @override
    def __str__(self) -> str:
        """Return it as hexadecimal digits."""
        return self._hash.hexdigest()


def erase(connection: sa.Connection, subject_id: UUID) -> Digest:
    """Erase the bodies of a subject's history; return the digest of what is kept."""
    connection.execute(
        history.update().where(history.c.subject_id == subject_id).values(body=dict(ERASED))
    )
    rows = connection.execute(
        sa.select(*history.c).where(history.c.subject_id == subject_id).order_by(history.c.seq)
    )
    return digest_of(rows)


def digest_of(entries: Iterable[Any]) -> Digest:
    """Return the digest of entries in their order."""
    digest = Digest()
    for each in entries:
        digest.add(each)
    return digest
