"""Open a database; what differs between SQLite and PostgreSQL lives here and nowhere else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError

from engine.store import pipeline
from engine.store.types import Moment

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


def insert_many(
    connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Load rows in bulk, past what SQLAlchemy does for each: PostgreSQL takes them by COPY.

    Args:
        connection: A transaction that is not pipelined.
        table: Where to.
        rows: The values of each in the order of the table's columns. Identifiers are given as text
            with dashes, JSON as its text, moments as aware UTC.
    """
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.c)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in table.c)
    write = [_SQLITE_TEXT.get(type(column.type)) for column in table.c]
    connection.exec_driver_sql(
        f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})",  # noqa: S608 (names of ours)
        [
            tuple(
                made(value) if made is not None and value is not None else value
                for made, value in zip(write, row, strict=True)
            )
            for row in rows
        ],
    )


def analyse(engine: sa.Engine) -> None:
    """Let the database count its rows anew after a load in bulk, so that it finds its ways."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


# How SQLite keeps what it has no type for; as SQLAlchemy writes it.
_SQLITE_TEXT: Final[Mapping[type, Callable[[Any], str]]] = {
    sa.Uuid: lambda value: value.replace("-", ""),
    Moment: lambda value: value.strftime("%Y-%m-%d %H:%M:%S.%f"),
    sa.Date: lambda value: value.isoformat(),
}


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
