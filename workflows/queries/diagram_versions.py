"""The versions of a process or decision table: who published what, when, why, and who approved it."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from engine import errors
from engine.store.tables import definitions
from workflows.access import people
from workflows.queries import diagram_library
from workflows.queries.diagram_library import DraftLine
from workflows.store.draft_tables import diagram_drafts, draft_approvals


class NoSuchDiagram(errors.NotFound):
    """There is no such process or decision table."""


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """Who asked for approval of what became a version, and who gave it."""

    asked_by: str
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version; `running` is how many instances run on it."""

    version: int
    name: str
    published_at: dt.datetime
    published_by: str
    reason: str
    running: int
    approval: ApprovalLine | None


@dataclass(frozen=True, slots=True)
class DiagramVersions:
    """A process or decision table with its versions, the live one first, and its open drafts."""

    key: str
    kind: str
    name: str
    versions: tuple[VersionLine, ...]
    drafts: tuple[DraftLine, ...]

    @property
    def live(self) -> VersionLine:
        """The version that new cases take."""
        return self.versions[0]

    def version(self, number: int) -> VersionLine:
        """Return one version.

        Raises:
            NoSuchDiagram: there is none of that number.
        """
        found = next((each for each in self.versions if each.version == number), None)
        if found is None:
            raise NoSuchDiagram("There is no such version.")
        return found

    @property
    def left_behind(self) -> tuple[VersionLine, ...]:
        """Earlier versions on which cases still run."""
        return tuple(each for each in self.versions[1:] if each.running)


def diagram_versions(connection: sa.Connection, key: str) -> DiagramVersions:
    """Return the versions of a key.

    Stands on the primary key of the definitions and ix_diagram_drafts_key_status.

    Raises:
        NoSuchDiagram: nothing of that key was ever published.
    """
    rows = connection.execute(
        sa.select(
            definitions.c.version,
            definitions.c.kind,
            definitions.c.name,
            definitions.c.published_at,
            definitions.c.published_by,
            definitions.c.reason,
        )
        .where(definitions.c.key == key)
        .order_by(definitions.c.version.desc())
    ).all()
    if not rows:
        raise NoSuchDiagram
    approvals = _approvals(connection, key)
    names = people.names(connection, {row.published_by for row in rows})
    counts = dict(diagram_library.running(connection, [key]).get(key, ()))
    versions = tuple(
        VersionLine(
            row.version,
            row.name,
            row.published_at,
            names.get(row.published_by, ""),
            row.reason,
            counts.get(row.version, 0),
            approvals.get(row.version),
        )
        for row in rows
    )
    drafts = diagram_library.open_drafts(connection, key)
    return DiagramVersions(key, rows[0].kind, rows[0].name, versions, drafts)


def _approvals(connection: sa.Connection, key: str) -> dict[int, ApprovalLine]:
    rows = connection.execute(
        sa.select(diagram_drafts.c.published_version, *draft_approvals.c)
        .join(
            draft_approvals,
            (draft_approvals.c.draft_id == diagram_drafts.c.id)
            & (draft_approvals.c.revision == diagram_drafts.c.revision),
        )
        .where(
            diagram_drafts.c.key == key,
            diagram_drafts.c.status == "published",
            draft_approvals.c.approved.is_(True),
        )
    ).all()
    names = people.names(
        connection, {one for row in rows for one in (row.asked_by, row.decided_by)}
    )
    return {
        row.published_version: ApprovalLine(
            names.get(row.asked_by, ""),
            row.asked_at,
            names.get(row.decided_by, ""),
            row.decided_at,
            row.reason,
        )
        for row in rows
    }
