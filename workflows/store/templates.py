"""Templates of notices with their versions: the newest is live, none is ever changed."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.notice_tables import notice_templates

WORD: Final = "word"
DELIVERED: Final = 0  # the version of what comes with the program
_SHOWN: Final = tuple(each for each in notice_templates.c if each.name != "file")


class ChangedMeanwhile(errors.Conflict):
    """A colleague has changed this template meanwhile. Look at the new version first."""


@dataclass(frozen=True, slots=True)
class Template:
    """A version of a template; `words` are those of a notice, empty for the Word template."""

    kind: str
    version: int
    words: Mapping[str, Any]
    file_name: str
    sha256: str
    made_at: dt.datetime
    made_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """When, by whom and why a version was made, and from which version."""

    at: dt.datetime
    by: str
    reason: str
    base: int


def live(connection: sa.Connection, kinds: Collection[str] = ()) -> dict[str, Template]:
    """Return the newest version of each kind, or of some; what was never changed is not there.

    Stands on the primary key.
    """
    newest = sa.select(
        notice_templates.c.kind, sa.func.max(notice_templates.c.version).label("version")
    ).group_by(notice_templates.c.kind)
    if kinds:
        newest = newest.where(notice_templates.c.kind.in_(kinds))
    found = newest.subquery()
    rows = connection.execute(
        sa.select(*_SHOWN).join(
            found,
            (found.c.kind == notice_templates.c.kind)
            & (found.c.version == notice_templates.c.version),
        )
    )
    return {row.kind: _template(row) for row in rows}


def versions(connection: sa.Connection, kind: str) -> tuple[Template, ...]:
    """Return all versions of a kind, the newest first."""
    rows = connection.execute(
        sa.select(*_SHOWN)
        .where(notice_templates.c.kind == kind)
        .order_by(notice_templates.c.version.desc())
    )
    return tuple(_template(row) for row in rows)


def file_of(connection: sa.Connection, version: int) -> bytes | None:
    """Return a version of the Word template, None where there is none."""
    found: bytes | None = connection.execute(
        sa.select(notice_templates.c.file).where(
            notice_templates.c.kind == WORD, notice_templates.c.version == version
        )
    ).scalar_one_or_none()
    return found


def add_words(connection: sa.Connection, kind: str, words: Mapping[str, Any], made: Made) -> int:
    """Keep new words as a new version, which is live from now on; return its number.

    Raises:
        ChangedMeanwhile: the version that they were made from is no longer live.
    """
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return _add(connection, kind, {"words": words, "file_name": "", "sha256": digest}, made)


def add_file(connection: sa.Connection, data: bytes, file_name: str, made: Made) -> int:
    """Keep a Word template as a new version, which is live from now on; return its number.

    Raises:
        ChangedMeanwhile: the version that it was made from is no longer live.
    """
    digest = hashlib.sha256(data).hexdigest()
    row = {"file": data, "file_name": file_name[-200:], "sha256": digest}
    return _add(connection, WORD, row, made)


def _add(connection: sa.Connection, kind: str, row: Mapping[str, Any], made: Made) -> int:
    newest = connection.execute(
        sa.select(sa.func.max(notice_templates.c.version)).where(notice_templates.c.kind == kind)
    ).scalar_one()
    if (newest or DELIVERED) != made.base:
        raise ChangedMeanwhile
    statement = (
        upsert(notice_templates, connection)
        .values(
            kind=kind,
            version=made.base + 1,
            made_at=made.at,
            made_by=made.by,
            reason=made.reason,
            **row,
        )
        .on_conflict_do_nothing()  # two saved at the same moment
        .returning(notice_templates.c.version)
    )
    version: int | None = connection.execute(statement).scalar_one_or_none()
    if version is None:
        raise ChangedMeanwhile
    return version


def _template(row: Any) -> Template:  # noqa: ANN401
    return Template(
        row.kind,
        row.version,
        row.words or {},
        row.file_name,
        row.sha256,
        row.made_at,
        row.made_by,
        row.reason,
    )
