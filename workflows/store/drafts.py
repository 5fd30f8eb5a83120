"""Drafts of diagrams and decision tables: kept as they are typed, live only once published."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.definitions import xml
from engine.definitions.malformed import MalformedDiagram
from workflows.store.draft_tables import diagram_drafts

OPEN: Final = "open"
NAME_LIMIT: Final = 200
_PROCESS: Final = f"{{{xml.BPMN}}}process"
_DECISION: Final = f"{{{xml.DMN}}}decision"


class NoSuchDraft(errors.NotFound):
    """There is no such draft. It may have been discarded."""


class DraftChanged(errors.Conflict):
    """A colleague has saved this draft meanwhile. Load theirs, or keep yours as a draft of its own."""


class DraftClosed(errors.Conflict):
    """This draft has been published or discarded. Begin a new one from the live version."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A diagram or decision table that somebody works on.

    Attributes:
        kind: "bpmn" or "dmn".
        key: Id of its process or decision, "" where the file has none or several processes.
        revision: Counts the saves, from 1.
        based_on: The version of this key that it began from, 0 where it is new.
        status: "open", "published" or "discarded".
        saved_at: Aware, UTC.
    """

    id: UUID
    kind: str
    key: str
    name: str
    xml: bytes
    revision: int
    based_on: int
    status: str
    created_at: dt.datetime
    created_by: str
    saved_at: dt.datetime
    saved_by: str
    published_version: int | None


def load(connection: sa.Connection, draft_id: UUID) -> Draft:
    """Return a draft.

    Raises:
        NoSuchDraft: there is none.
    """
    statement = sa.select(*diagram_drafts.c).where(diagram_drafts.c.id == draft_id)
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchDraft
    return Draft(*row)


def lock(connection: sa.Connection, draft_id: UUID) -> Draft:
    """Return a draft that nobody else changes until this unit has ended.

    Raises:
        NoSuchDraft: there is none.
    """
    statement = sa.select(*diagram_drafts.c).where(diagram_drafts.c.id == draft_id)
    row = connection.execute(statement.with_for_update()).one_or_none()
    if row is None:
        raise NoSuchDraft
    return Draft(*row)


def open_drafts(connection: sa.Connection, key: str | None = None) -> tuple[Draft, ...]:
    """Return the open drafts, of one key or of all, the one saved last first."""
    statement = sa.select(*diagram_drafts.c).where(diagram_drafts.c.status == OPEN)
    if key is not None:
        statement = statement.where(diagram_drafts.c.key == key)
    rows = connection.execute(
        statement.order_by(diagram_drafts.c.saved_at.desc(), diagram_drafts.c.id)
    )
    return tuple(Draft(*row) for row in rows)


def add(connection: sa.Connection, draft: Draft) -> None:
    """Keep a new draft."""
    connection.execute(diagram_drafts.insert(), dataclasses.asdict(draft))


def save(
    connection: sa.Connection,
    draft_id: UUID,
    data: bytes,
    *,
    seen: int,
    saved: tuple[dt.datetime, str],
) -> int:
    """Keep new content over revision `seen`; return the new one. `saved`: when, and by whom.

    Raises:
        DraftChanged: another was quicker; the details say who, when and with which revision.
        DraftClosed: it is no longer open.
    """
    at, by = saved
    kind, key, name = described(data)
    before = load(connection, draft_id)
    statement = (
        diagram_drafts.update()
        .where(
            diagram_drafts.c.id == draft_id,
            diagram_drafts.c.revision == seen,
            diagram_drafts.c.status == OPEN,
            diagram_drafts.c.kind == kind,
        )
        .values(xml=data, key=key, name=name, revision=seen + 1, saved_at=at, saved_by=by)
        .returning(diagram_drafts.c.revision)
    )
    revision: int | None = connection.execute(statement).scalar_one_or_none()
    if revision is not None:
        return revision
    refuse_closed(before)
    if before.kind != kind:
        raise MalformedDiagram(f"This draft is a {before.kind} file; what was sent is {kind}.")
    raise DraftChanged(
        details={
            "by": before.saved_by,
            "at": before.saved_at.isoformat(),
            "revision": str(before.revision),
        }
    )


def close(
    connection: sa.Connection, draft: Draft, status: str, *, version: int | None = None
) -> None:
    """Let a draft be over: published as `version`, or discarded.

    Raises:
        DraftChanged: it was saved or closed meanwhile.
    """
    statement = (
        diagram_drafts.update()
        .where(
            diagram_drafts.c.id == draft.id,
            diagram_drafts.c.revision == draft.revision,
            diagram_drafts.c.status == OPEN,
        )
        .values(status=status, published_version=version)
        .returning(diagram_drafts.c.id)
    )
    if connection.execute(statement).scalar_one_or_none() is None:
        raise DraftChanged


def refuse_closed(draft: Draft) -> None:
    """Refuse a draft that is over.

    Raises:
        DraftClosed: it was published or discarded.
    """
    if draft.status != OPEN:
        raise DraftClosed


def refuse_other_revision(draft: Draft, revision: int) -> None:
    """Refuse a draft that is over, or is not as it was seen.

    Raises:
        DraftClosed: it was published or discarded.
        DraftChanged: it was saved meanwhile; the details say by whom and when.
    """
    refuse_closed(draft)
    if draft.revision != revision:
        raise DraftChanged(
            details={"by": draft.saved_by, "at": draft.saved_at.isoformat()}
            | {"revision": str(draft.revision)}
        )


def described(data: bytes) -> tuple[str, str, str]:
    """Return kind, key and name of a file's content; a file with several processes has no key.

    Raises:
        xml.MalformedXml: it cannot be read safely, or is neither BPMN nor DMN.
    """
    root = xml.parse(data)
    kind = xml.kind_of(root)
    found = root.findall(_PROCESS if kind == "bpmn" else _DECISION)
    key = found[0].get("id", "") if len(found) == 1 or (found and kind == "dmn") else ""
    name = next((each.get("name") for each in found if each.get("name")), None)
    return kind, key[:120], (name or key or root.get("name") or "Without a name")[:NAME_LIMIT]
