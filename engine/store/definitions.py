"""Published versions of diagrams and decision tables, and the bundles made of them."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine import errors
from engine.store.database import reading
from engine.store.tables import bundles, definitions


@dataclass(frozen=True, slots=True)
class Members:
    """The files of a bundle, as published: process or decision key to its XML."""

    process_key: str
    version: int
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a file."""

    key: str
    version: int
    kind: str
    name: str
    xml: bytes
    checksum: str
    reason: str = ""


class NoSuchBundle(errors.NotFound):
    """There is no such bundle of processes."""


def live_versions(connection: sa.Connection) -> dict[str, Version]:
    """Return the newest version of each key."""
    newest = (
        sa.select(definitions.c.key, sa.func.max(definitions.c.version).label("version"))
        .group_by(definitions.c.key)
        .subquery()
    )
    statement = sa.select(
        definitions.c.key,
        definitions.c.version,
        definitions.c.kind,
        definitions.c.name,
        definitions.c.xml,
        definitions.c.checksum,
        definitions.c.reason,
    ).join(
        newest,
        (newest.c.key == definitions.c.key) & (newest.c.version == definitions.c.version),
    )
    return {row.key: Version(*row) for row in connection.execute(statement)}


def every_version(connection: sa.Connection) -> Iterator[bytes]:
    """Yield the content of every version of every diagram that was ever live."""
    statement = (
        sa.select(definitions.c.xml)
        .where(definitions.c.kind == "bpmn")
        .order_by(definitions.c.key, definitions.c.version)
    )
    yield from connection.execute(statement).scalars()


def add_version(
    connection: sa.Connection, version: Version, *, published: tuple[dt.datetime, str, str]
) -> Version:
    """Keep a new version; `published` is when, by whom and why."""
    at, by, reason = published
    connection.execute(
        definitions.insert(),
        {
            "key": version.key,
            "version": version.version,
            "kind": version.kind,
            "name": version.name,
            "xml": version.xml,
            "checksum": version.checksum,
            "published_at": at,
            "published_by": by,
            "reason": reason,
        },
    )
    return version


def is_live(connection: sa.Connection, process_key: str, versions: Mapping[str, int]) -> bool:
    """Tell whether the live bundle of a process is made of just these versions."""
    return live_bundle(connection, process_key) == _bundle_id(process_key, versions)


def make_live(
    connection: sa.Connection,
    process_key: str,
    versions: Mapping[str, int],
    *,
    start_message: str,
    now: dt.datetime,
) -> None:
    """Let new instances of a process run on these versions."""
    connection.execute(
        bundles.update()
        .where(bundles.c.process_key == process_key, bundles.c.live)
        .values(live=False)
    )
    bundle_id = _bundle_id(process_key, versions)
    updated = connection.execute(
        bundles.update().where(bundles.c.id == bundle_id).values(live=True).returning(bundles.c.id)
    )
    if updated.one_or_none() is None:
        connection.execute(
            bundles.insert(),
            {
                "id": bundle_id,
                "process_key": process_key,
                "version": versions[process_key],
                "members": dict(versions),
                "created_at": now,
                "live": True,
                "start_message": start_message,
            },
        )


def live_bundle(connection: sa.Connection, process_key: str) -> str | None:
    """Return the id of the bundle that new instances run on, None where nothing is published."""
    return connection.execute(
        sa.select(bundles.c.id).where(bundles.c.process_key == process_key, bundles.c.live)
    ).scalar_one_or_none()


def live_bundles_started_by(connection: sa.Connection, message: str) -> list[str]:
    """Return the ids of the bundles that a message starts."""
    statement = sa.select(bundles.c.id).where(bundles.c.live, bundles.c.start_message == message)
    return list(connection.execute(statement.order_by(bundles.c.process_key)).scalars())


def loader(engine: sa.Engine) -> Callable[[str], Members]:
    """Return what reads the files of a bundle, for the cache of parsed ones."""

    def load(bundle_id: str) -> Members:
        with reading(engine) as connection:
            return members_of(connection, bundle_id)

    return load


def members_of(connection: sa.Connection, bundle_id: str) -> Members:
    """Return the files of a bundle.

    Raises:
        NoSuchBundle: there is none.
    """
    bundle = connection.execute(
        sa.select(bundles.c.process_key, bundles.c.version, bundles.c.members).where(
            bundles.c.id == bundle_id
        )
    ).one_or_none()
    if bundle is None:
        raise NoSuchBundle
    pairs = sa.tuple_(definitions.c.key, definitions.c.version)
    rows = connection.execute(
        sa.select(definitions.c.key, definitions.c.xml).where(
            pairs.in_(list(bundle.members.items()))
        )
    ).all()
    return Members(bundle.process_key, bundle.version, {row.key: row.xml for row in rows})


def _bundle_id(process_key: str, versions: Mapping[str, int]) -> str:
    text = json.dumps([process_key, dict(versions)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
