"""Let writes to PostgreSQL travel together: only what is read, and the commit, is waited for.

A unit of work sends some twenty statements, and most of them answer nothing. Under psycopg's
pipeline they are queued, and the next read or the commit carries them; a fault of a queued statement
is raised there. SQLAlchemy expects the answer of each statement at once, so each that returns rows is
waited for as soon as it was sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

_OPTION: Final = "pipeline"


def listen(engine: sa.Engine) -> None:
    """Wait for the answers of statements that return rows, within pipelines of this engine."""
    event.listen(engine, "after_cursor_execute", _await_rows)


@contextmanager
def pipelined(connection: sa.Connection) -> Iterator[None]:
    """Queue what is written on this connection within the block."""
    driver: Any = connection.connection.driver_connection
    with driver.pipeline() as pipeline:
        connection.execution_options(**{_OPTION: pipeline})
        try:
            yield
        finally:
            connection.execution_options(**{_OPTION: None})


def is_open(connection: sa.Connection) -> bool:
    """Tell whether the connection queues what is written."""
    return connection.get_execution_options().get(_OPTION) is not None


def is_queued(connection: sa.Connection, context: Any) -> bool:  # noqa: ANN401
    """Tell whether a statement is not waited for."""
    return is_open(connection) and not _returns_rows(context)


def _await_rows(connection: sa.Connection, *execution: Any) -> None:  # noqa: ANN401
    _, _, _, context, _ = execution
    pipeline = connection.get_execution_options().get(_OPTION)
    if pipeline is not None and _returns_rows(context):
        pipeline.sync()


def _returns_rows(context: Any) -> bool:  # noqa: ANN401
    if not (context.isinsert or context.isupdate or context.isdelete):
        return True
    return bool(context.compiled.effective_returning)
