"""Lawful exceptions that were asked for, for commands that decide on them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store.intervention_tables import exception_requests


class NoSuchRequest(errors.NotFound):
    """Nobody asked for such an exception."""


def lock(connection: sa.Connection, request_id: UUID) -> Any:  # noqa: ANN401 (a row)
    """Lock and return what was asked.

    Raises:
        NoSuchRequest: there is no such thing.
    """
    row = connection.execute(
        sa.select(*exception_requests.c)
        .where(exception_requests.c.id == request_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchRequest
    return row


def is_asked(connection: sa.Connection, case_id: UUID, duty: str, qualifier: str) -> bool:
    """Tell whether an exception from a limit is asked for and waits for its answer."""
    return bool(
        connection.execute(
            sa.select(exception_requests.c.id).where(
                exception_requests.c.case_id == case_id,
                exception_requests.c.duty == duty,
                exception_requests.c.qualifier == qualifier,
                exception_requests.c.status == "asked",
            )
        ).first()
    )
