"""Databases for tests: a test that asks for `database_url` runs on SQLite and on PostgreSQL.

Each test has a database of its own, cloned from one that was migrated once.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support import postgresql

TEMPLATE = "ehcflow_template"
BACKENDS = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """Name the place of the PostgreSQL server once for the run and its workers."""
    if not hasattr(config, "workerinput"):
        postgresql.reserve_directory()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give that place back."""
    if not hasattr(config, "workerinput"):
        postgresql.release_directory()


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a migrated, empty database: the test runs once on each backend."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BACKENDS)
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database without any table, once on each backend."""
    return str(request.getfixturevalue(f"bare_{request.param}_url"))


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Return the address of an SQLite file that does not exist yet."""
    return _sqlite_url(tmp_path / "bare.sqlite3")


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Return the address of a migrated SQLite file of this test."""
    path = tmp_path / "ehcflow.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return _sqlite_url(path)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _migrate(_sqlite_url(path))
    with closing(sqlite3.connect(path)) as connection:
        # What still stands in the write-ahead log would be missing in a copy of the file.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def postgresql_url(postgresql_server: postgresql.Server) -> Iterator[str]:
    """Give the address of a migrated PostgreSQL database of this test."""
    yield from _database(postgresql_server, template=TEMPLATE)


@pytest.fixture
def bare_postgresql_url(postgresql_server: postgresql.Server) -> Iterator[str]:
    """Give the address of a PostgreSQL database without any table."""
    yield from _database(postgresql_server, template="template0")


@pytest.fixture(scope="session")
def postgresql_server() -> postgresql.Server:
    """Return the run's PostgreSQL server, with a migrated database to clone."""
    with postgresql.shared_server() as server:
        if not server.has_database(TEMPLATE):
            # Migrated under another name: a template that failed half-way is never cloned.
            unfinished = f"{TEMPLATE}_{uuid4().hex}"
            server.execute("CREATE DATABASE {}", unfinished)
            _migrate(server.url(unfinished))
            server.execute("ALTER DATABASE {} RENAME TO {}", unfinished, TEMPLATE)
            server.execute("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", TEMPLATE)
        return server


def _database(server: postgresql.Server, *, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    server.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
    yield server.url(name)
    server.execute("DROP DATABASE {} WITH (FORCE)", name)


def _migrate(url: str) -> None:
    # Imported late: a domain that does not load fails the tests that need it, not all of them.
    from workflows import bootstrap  # noqa: PLC0415

    bootstrap.migrate(url)


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"
