"""The rows of API tokens: the secret is kept as a hash, of which the beginning tells tokens apart."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from engine import errors
from workflows.store.tables import api_tokens, people

READ: Final = "read"
WRITE: Final = "write"
SCOPES: Final = {READ: "Read only", WRITE: "Read and change"}
ID_LENGTH: Final = 16  # characters of the hash


def add(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Keep a new token."""
    connection.execute(api_tokens.insert(), dict(values))


def lock(connection: sa.Connection, token_id: str) -> Any:  # noqa: ANN401 (a row)
    """Lock and return a token with the name of whose it is.

    Raises:
        errors.NotFound: there is none.
    """
    if len(token_id) != ID_LENGTH or not token_id.isalnum():
        raise errors.NotFound("There is no such token.")
    row = connection.execute(
        sa.select(*api_tokens.c, people.c.name.label("person_name"))
        .join(people, people.c.id == api_tokens.c.person_id)
        .where(api_tokens.c.token_hash.like(f"{token_id}%"))
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise errors.NotFound("There is no such token.")
    return row


def revoke(connection: sa.Connection, token_hash: str, now: dt.datetime) -> None:
    """Let a token be good no more."""
    connection.execute(
        api_tokens.update().where(api_tokens.c.token_hash == token_hash).values(revoked_at=now)
    )
