"""Databases to measure on: an SQLite file, and a PostgreSQL that writes through to the disc."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

import sqlalchemy as sa

from engine.store import database
from tests.support import postgresql
from workflows import bootstrap

# As installed, but for the memory and the socket: what is committed is on the disc.
SETTINGS: Final = ("listen_addresses=", "max_connections=50", "shared_buffers=256MB")

DURABILITY: Final = {
    "postgresql": ("server_version", "fsync", "synchronous_commit", "wal_sync_method"),
    "sqlite": ("journal_mode", "synchronous"),
}


@contextmanager
def servers() -> Iterator[postgresql.Server]:
    """Give a PostgreSQL server for the run."""
    postgresql.reserve_directory()
    with postgresql.shared_server(SETTINGS) as server:
        yield server


def durability(url: str) -> str:
    """Return the settings of a database that say whether a commit waits for the disc."""
    engine = database.create_engine(url)
    show = "SHOW" if engine.dialect.name == "postgresql" else "PRAGMA"
    with database.reading(engine) as connection:
        found = [
            f"{name}={connection.execute(sa.text(f'{show} {name}')).scalar_one()}"
            for name in DURABILITY[engine.dialect.name]
        ]
    engine.dispose()
    return ", ".join(found)


def tidy(engine: sa.Engine) -> None:
    """Do after a load in bulk what PostgreSQL's autovacuum and SQLite's owner do in time."""
    statements = (
        ("VACUUM (ANALYZE)", "CHECKPOINT") if engine.dialect.name == "postgresql" else ("ANALYZE",)
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for each in statements:
            connection.execute(sa.text(each))


@contextmanager
def databases(server: postgresql.Server) -> Iterator[dict[str, str]]:
    """Give the address of a fresh, migrated database of each kind."""
    name = f"bench_{uuid4().hex}"
    server.execute("CREATE DATABASE {}", name)
    with TemporaryDirectory(prefix="ehcflow-bench-") as folder:
        urls = {
            "SQLite": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "PostgreSQL": server.url(name),
        }
        for url in urls.values():
            bootstrap.migrate(url)
        yield urls
    server.execute("DROP DATABASE {} WITH (FORCE)", name)
