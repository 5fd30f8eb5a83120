"""Slow down whoever sends the public forms again and again."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

from engine.store.database import writing
from workflows.access import sign_in

PER_ADDRESS: Final = 10  # within a quarter of an hour


class TooManyMessages(sign_in.TooManyAttempts):
    """Too many messages came from here. Try again in 15 minutes."""


def count_visit(engine: sa.Engine, what: str, *, address: str, now: dt.datetime) -> None:
    """Count one more message from a network address.

    Raises:
        TooManyMessages: there were too many.
    """
    key = f"{what}:{address[:80]}"
    with writing(engine) as connection, connection.begin():
        if sign_in.is_blocked(connection, {key: PER_ADDRESS}, now):
            raise TooManyMessages
        sign_in.count_failure(connection, (key,), now)
