"""API tokens: one’s own, or everybody’s."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.store.tables import api_tokens, people
from workflows.store.tokens import ID_LENGTH, SCOPES

SHOWN = 500


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token: whose, what it may do, and how it stands ("good", "revoked" or "over")."""

    id: str
    name: str
    person: str
    scope: str
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_at: dt.datetime | None
    state: str


def token_list(
    connection: sa.Connection, now: dt.datetime, person_id: str = ""
) -> tuple[TokenRow, ...]:
    """Return tokens, the newest first; stands on ix_api_tokens_person_id where one person is named."""
    statement = sa.select(*api_tokens.c, people.c.name.label("person")).join(
        people, people.c.id == api_tokens.c.person_id
    )
    if person_id:
        statement = statement.where(api_tokens.c.person_id == person_id)
    rows = connection.execute(
        statement.order_by(api_tokens.c.created_at.desc(), api_tokens.c.token_hash).limit(SHOWN)
    )
    return tuple(
        TokenRow(
            row.token_hash[:ID_LENGTH],
            row.name,
            row.person,
            SCOPES.get(row.scope, row.scope),
            row.created_at,
            row.expires_at,
            row.last_used_at,
            "revoked" if row.revoked_at else "over" if row.expires_at < now else "good",
        )
        for row in rows
    )
