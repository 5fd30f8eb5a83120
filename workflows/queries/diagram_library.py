"""The library: every process and decision table, with who works on it and what runs on it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import definitions, instances
from workflows.access import people
from workflows.store.draft_tables import diagram_drafts, draft_approvals

RUNNING = ("active", "suspended")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An open draft; `asks` when its approval is asked for and nobody has decided."""

    id: UUID
    kind: str
    key: str
    name: str
    based_on: int
    saved_at: dt.datetime
    saved_by: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A process or decision table as it is live.

    Attributes:
        running: Running instances by version, the newest version first.
        drafts: Open drafts of it, the one saved last first.
    """

    key: str
    name: str
    kind: str
    version: int
    published_at: dt.datetime
    published_by: str
    reason: str
    running: tuple[tuple[int, int], ...]
    drafts: tuple[DraftLine, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All that is live, by name, and the drafts of what is not live yet."""

    processes: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    new: tuple[DraftLine, ...]


def diagram_library(connection: sa.Connection) -> Library:
    """Return the library.

    Stands on the primary key of the definitions, ix_instances_process_key_version_status and
    ix_diagram_drafts_open.
    """
    rows = _live(connection)
    drafts = open_drafts(connection)
    counts = running(connection)
    names = people.names(connection, {row.published_by for row in rows})
    entries = [
        Entry(
            row.key,
            row.name,
            row.kind,
            row.version,
            row.published_at,
            names.get(row.published_by, ""),
            row.reason,
            counts.get(row.key, ()),
            tuple(each for each in drafts if each.key == row.key),
        )
        for row in rows
    ]
    known = {each.key for each in entries}
    return Library(
        tuple(each for each in entries if each.kind == "bpmn"),
        tuple(each for each in entries if each.kind == "dmn"),
        tuple(each for each in drafts if each.key not in known),
    )


def open_drafts(connection: sa.Connection, key: str | None = None) -> tuple[DraftLine, ...]:
    """Return the open drafts of one key, or of all, without their content."""
    drafts = diagram_drafts.c
    statement = (
        sa.select(
            drafts.id,
            drafts.kind,
            drafts.key,
            drafts.name,
            drafts.based_on,
            drafts.saved_at,
            drafts.saved_by,
            sa.and_(
                draft_approvals.c.asked_at.is_not(None), draft_approvals.c.decided_at.is_(None)
            ).label("asks"),
        )
        .outerjoin(
            draft_approvals,
            (draft_approvals.c.draft_id == drafts.id)
            & (draft_approvals.c.revision == drafts.revision),
        )
        .where(drafts.status == "open")
        .order_by(drafts.saved_at.desc(), drafts.id)
    )
    if key is not None:
        statement = statement.where(drafts.key == key)
    rows = connection.execute(statement).all()
    names = people.names(connection, {row.saved_by for row in rows})
    return tuple(
        DraftLine(
            row.id,
            row.kind,
            row.key,
            row.name,
            row.based_on,
            row.saved_at,
            names.get(row.saved_by, ""),
            asks=bool(row.asks),
        )
        for row in rows
    )


def running(
    connection: sa.Connection, keys: Iterable[str] | None = None
) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return how many instances run on each version, newest first: of these processes, or of all."""
    statement = (
        sa.select(instances.c.process_key, instances.c.version, sa.func.count())
        .where(instances.c.status.in_(RUNNING))
        .group_by(instances.c.process_key, instances.c.version)
        .order_by(instances.c.process_key, instances.c.version.desc())
    )
    if keys is not None:
        statement = statement.where(instances.c.process_key.in_(list(keys)))
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for key, version, count in connection.execute(statement):
        found[key] = (*found.get(key, ()), (version, count))
    return found


def _live(connection: sa.Connection) -> list[sa.Row[tuple[object, ...]]]:
    newest = (
        sa.select(definitions.c.key, sa.func.max(definitions.c.version).label("version"))
        .group_by(definitions.c.key)
        .subquery()
    )
    statement = (
        sa.select(
            definitions.c.key,
            definitions.c.name,
            definitions.c.kind,
            definitions.c.version,
            definitions.c.published_at,
            definitions.c.published_by,
            definitions.c.reason,
        )
        .join(
            newest,
            (newest.c.key == definitions.c.key) & (newest.c.version == definitions.c.version),
        )
        .order_by(definitions.c.name, definitions.c.key)
    )
    return list(connection.execute(statement))
