"""The duties of the live diagrams, of one version or of a draft, against their elements."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.checks.diagram import Diagram
from engine.definitions import xml
from engine.store import definitions
from workflows.lawful import matrix
from workflows.lawful.matrix import Row


@dataclass(frozen=True, slots=True)
class ProcessDuties:
    """The duties of one process.

    Attributes:
        name: Of the process.
        versions: Live version of each file, by key: where links to elements lead.
    """

    key: str
    name: str
    rows: tuple[Row, ...]
    versions: Mapping[str, int]

    @property
    def gaps(self) -> int:
        """How much is missing."""
        return sum(row.gaps for row in self.rows)


def duty_matrix(
    connection: sa.Connection, *, key: str = "", data: bytes | None = None
) -> tuple[ProcessDuties, ...]:
    """Return the duties of every live process, or of one and of those that call it.

    Args:
        connection: Where the live files are read.
        key: Of one file, "" for all.
        data: What stands in place of that file: another version, or a draft.

    Raises:
        errors.Invalid: the content cannot be read safely.
    """
    live = definitions.live_versions(connection)
    files = {each: found.xml for each, found in live.items() if found.kind == "bpmn"}
    if data is not None:
        files[key] = data
    roots = {each: xml.parse(content, name=each) for each, content in files.items()}
    rows = [
        row
        for each in ([key] if key in roots else roots)
        for row in matrix.matrix(
            Diagram(
                each, roots[each], {other: root for other, root in roots.items() if other != each}
            )
        )
        if key or row.process == each
    ]
    versions = {each: found.version for each, found in live.items()}
    names = {each: found.name for each, found in live.items()}
    return tuple(
        ProcessDuties(
            each,
            names.get(each, each),
            tuple(row for row in rows if row.process == each),
            versions,
        )
        for each in dict.fromkeys(row.process for row in rows)
    )
