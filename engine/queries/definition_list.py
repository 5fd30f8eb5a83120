"""Published processes and the versions of every file."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from engine import errors
from engine.store import definitions as store
from engine.store.tables import bundles, definitions


class NoSuchVersion(errors.NotFound):
    """There is no such version."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process that can be started."""

    key: str
    name: str
    version: int
    bundle_id: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a file."""

    key: str
    version: int
    kind: str
    name: str
    published_at: dt.datetime
    reason: str


def processes(connection: sa.Connection) -> list[Process]:
    """Return the live version of every process."""
    statement = (
        sa.select(definitions.c.key, definitions.c.name, definitions.c.version, bundles.c.id)
        .join(
            bundles,
            (bundles.c.process_key == definitions.c.key)
            & (bundles.c.version == definitions.c.version)
            & bundles.c.live,
        )
        .order_by(definitions.c.key)
    )
    return [Process(*row) for row in connection.execute(statement)]


def versions(connection: sa.Connection, key: str | None = None) -> list[Version]:
    """Return the versions of one file, or of all, newest first."""
    statement = sa.select(
        definitions.c.key,
        definitions.c.version,
        definitions.c.kind,
        definitions.c.name,
        definitions.c.published_at,
        definitions.c.reason,
    ).order_by(definitions.c.key, definitions.c.version.desc())
    if key is not None:
        statement = statement.where(definitions.c.key == key)
    return [Version(*row) for row in connection.execute(statement)]


def live(connection: sa.Connection) -> dict[str, bytes]:
    """Return the live file of every key."""
    return {key: each.xml for key, each in store.live_versions(connection).items()}


def live_version(connection: sa.Connection, key: str) -> int:
    """Return the number of the live version of a key, 0 where nothing of it was published."""
    found = store.live_versions(connection).get(key)
    return found.version if found else 0


def xml_of(connection: sa.Connection, key: str, version: int) -> bytes:
    """Return the file of a version.

    Raises:
        NoSuchVersion: there is none.
    """
    found: bytes | None = connection.execute(
        sa.select(definitions.c.xml).where(
            definitions.c.key == key, definitions.c.version == version
        )
    ).scalar_one_or_none()
    if found is None:
        raise NoSuchVersion
    return found


def members_of(connection: sa.Connection, bundle_id: str) -> dict[str, int]:
    """Return the versions that a bundle is made of, by key."""
    found = connection.execute(
        sa.select(bundles.c.members).where(bundles.c.id == bundle_id)
    ).scalar_one_or_none()
    return dict(found or {})


def members_of_version(connection: sa.Connection, process_key: str, version: int) -> dict[str, int]:
    """Return the versions that the newest bundle of a version of a process is made of, by key."""
    found = connection.execute(
        sa.select(bundles.c.members)
        .where(bundles.c.process_key == process_key, bundles.c.version == version)
        .order_by(bundles.c.created_at.desc(), bundles.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return dict(found or {})
