"""Open a database; what differs between SQLite and PostgreSQL lives here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError

from engine.store import pipeline

BUSY_TIMEOUT: Final = 15_000  # milliseconds that SQLite waits for another writer
POOL_SIZE: Final = 10
_SERIALIZATION_FAILURES: Final = frozenset({"40001", "40P01"})


def create_engine(url: str) -> sa.Engine:
    """Open a database by its address.

    SQLite gets write-ahead logging and full synchronisation: what was committed survives a crash of
    the process and of the machine. PostgreSQL is spoken to by psycopg 3.
    """
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        engine = sa.create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            pool_pre_ping=False,
        )
        pipeline.listen(engine)
        return engine
    engine = sa.create_engine(address, connect_args={"timeout": BUSY_TIMEOUT / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection that only reads."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection for one unit of work; whoever uses it commits."""
    with engine.connect().execution_options(writes=True) as connection:
        if connection.dialect.name == "postgresql":
            with pipeline.pipelined(connection):
                yield connection
        else:
            yield connection


def is_passing(error: DBAPIError) -> bool:
    """Tell whether a command that failed so may go through when tried again."""
    if isinstance(error, OperationalError) and "database is locked" in str(error):
        return True
    return getattr(error.orig, "sqlstate", None) in _SERIALIZATION_FAILURES


def upsert(table: sa.Table, connection: sa.Connection) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that knows `on_conflict_do_update`, for this database."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


@dataclass(slots=True)
class Statements:
    """What was sent to the database.

    Attributes:
        sent: A line a statement.
        round_trips: How often an answer was waited for.
    """

    sent: list[str] = field(default_factory=list)
    round_trips: int = 0


@contextmanager
def count_statements(engine: sa.Engine) -> Iterator[Statements]:
    """Count what is sent within the block: each statement, each BEGIN and each COMMIT."""
    statements = Statements()

    def executed(connection: sa.Connection, *execution: Any) -> None:  # noqa: ANN401
        _, statement, _, context, _ = execution
        statements.sent.append(str(statement))
        statements.round_trips += not pipeline.is_queued(connection, context)

    def begun(connection: sa.Connection) -> None:
        statements.sent.append("BEGIN")
        # psycopg sends BEGIN before the first statement, and in a pipeline along with it.
        statements.round_trips += not pipeline.is_open(connection)

    def committed(connection: sa.Connection) -> None:
        del connection
        statements.sent.append("COMMIT")
        statements.round_trips += 1

    hooks = (("before_cursor_execute", executed), ("begin", begun), ("commit", committed))
    for name, hook in hooks:
        event.listen(engine, name, hook)
    try:
        yield statements
    finally:
        for name, hook in hooks:
            event.remove(engine, name, hook)


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ANN401
    del record
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
