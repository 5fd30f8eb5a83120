"""Sign in with a password, keep a session, and know a token; guessing is slowed.

Secrets are stored as hashes only: passwords by argon2, sessions and tokens by SHA-256 of 256 random
bits.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from engine import errors
from engine.store.database import writing
from workflows.access import glass, people as directory
from workflows.access.people import Person
from workflows.store.tables import api_tokens, people, sessions, sign_in_failures

SESSION_LASTS: Final = dt.timedelta(hours=8)
SESSION_IDLES: Final = dt.timedelta(hours=1)
SEEN_EVERY: Final = dt.timedelta(minutes=1)
USED_EVERY: Final = dt.timedelta(minutes=5)
READ_ONLY: Final = "read"
TOKEN_LASTS: Final = dt.timedelta(days=365)
FAILURES_WITHIN: Final = dt.timedelta(minutes=15)
FAILURES_PER_ACCOUNT: Final = 10
FAILURES_PER_ADDRESS: Final = 50
PASSWORD_LIMIT: Final = 200
_hasher = PasswordHasher()
_NOBODY: Final = _hasher.hash(secrets.token_hex(16))  # so that an unknown address takes as long


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Who presents an API token, and whether it may change anything."""

    person: Person
    may_write: bool


class WrongCredentials(errors.Forbidden):
    """The email address or password is wrong."""


class TooManyAttempts(errors.Forbidden):
    """There were too many wrong passwords. Try again in 15 minutes."""


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password."""
    return _hasher.hash(password)


def sign_in(engine: sa.Engine, email: str, password: str, *, address: str, now: dt.datetime) -> str:
    """Check a password and begin a session.

    Returns:
        The session's secret, for the cookie.

    Raises:
        TooManyAttempts: for this account or from this network address.
        WrongCredentials: and one failure more is counted.
    """
    account = email.strip().lower()[:200]
    keys = {
        f"account:{account}": FAILURES_PER_ACCOUNT,
        f"address:{address[:80]}": FAILURES_PER_ADDRESS,
    }
    with writing(engine) as connection, connection.begin():
        if is_blocked(connection, keys, now):
            raise TooManyAttempts
        row = connection.execute(
            sa.select(people.c.id, people.c.password_hash).where(
                people.c.email == account, people.c.active
            )
        ).one_or_none()
    if not _matches(row.password_hash if row else _NOBODY, password) or row is None:
        with writing(engine) as connection, connection.begin():
            count_failure(connection, keys, now)
        raise WrongCredentials
    secret = secrets.token_urlsafe(32)
    with writing(engine) as connection, connection.begin():
        connection.execute(sessions.delete().where(sessions.c.expires_at < now))
        connection.execute(
            sign_in_failures.delete().where(sign_in_failures.c.at < now - FAILURES_WITHIN)
        )
        connection.execute(
            sessions.insert(),
            {
                "token_hash": digest(secret),
                "person_id": row.id,
                "created_at": now,
                "seen_at": now,
                "expires_at": now + SESSION_LASTS,
            },
        )
    return secret


def person_of_session(engine: sa.Engine, secret: str, now: dt.datetime) -> Person | None:
    """Return who a session belongs to; None when it is over, idle for too long, or unknown."""
    with engine.connect() as connection:
        row = connection.execute(
            sa.select(sessions.c.person_id, sessions.c.seen_at, sessions.c.expires_at).where(
                sessions.c.token_hash == digest(secret)
            )
        ).one_or_none()
        if row is None or row.expires_at < now or row.seen_at < now - SESSION_IDLES:
            return None
        try:
            found = glass.with_opened(
                connection, directory.person(connection, row.person_id), now=now
            )
        except directory.NoSuchPerson:
            return None
    if now - row.seen_at > SEEN_EVERY:
        with writing(engine) as connection, connection.begin():
            connection.execute(
                sessions.update().where(sessions.c.token_hash == digest(secret)).values(seen_at=now)
            )
    return found


def sign_out(engine: sa.Engine, secret: str) -> None:
    """End a session."""
    with writing(engine) as connection, connection.begin():
        connection.execute(sessions.delete().where(sessions.c.token_hash == digest(secret)))


def new_token(engine: sa.Engine, email: str, now: dt.datetime) -> str:
    """Make an API token for a person; its secret is shown once.

    Raises:
        directory.NoSuchPerson: nobody has this email address.
    """
    secret = f"ehc_{secrets.token_urlsafe(32)}"
    with writing(engine) as connection, connection.begin():
        found = directory.person_by_email(connection, email)
        connection.execute(
            api_tokens.insert(),
            {
                "token_hash": digest(secret),
                "person_id": found.id,
                "name": "command line",
                "created_at": now,
                "expires_at": now + TOKEN_LASTS,
            },
        )
    return secret


def holder_of_token(engine: sa.Engine, secret: str, now: dt.datetime) -> TokenHolder | None:
    """Return who an API token belongs to; None when it is over, revoked or unknown."""
    where = api_tokens.c.token_hash == digest(secret)
    with engine.connect() as connection:
        row = connection.execute(
            sa.select(
                api_tokens.c.person_id,
                api_tokens.c.expires_at,
                api_tokens.c.revoked_at,
                api_tokens.c.scope,
                api_tokens.c.last_used_at,
            ).where(where)
        ).one_or_none()
        if row is None or row.revoked_at is not None or row.expires_at < now:
            return None
        try:
            found = glass.with_opened(
                connection, directory.person(connection, row.person_id), now=now
            )
        except directory.NoSuchPerson:
            return None
    if row.last_used_at is None or now - row.last_used_at > USED_EVERY:
        with writing(engine) as connection, connection.begin():
            connection.execute(api_tokens.update().where(where).values(last_used_at=now))
    return TokenHolder(found, may_write=row.scope != READ_ONLY)


def is_blocked(connection: sa.Connection, keys: Mapping[str, int], now: dt.datetime) -> bool:
    """Tell whether there were too many failures under one of the keys: each with its limit."""
    counted = connection.execute(
        sa.select(sign_in_failures.c.key, sa.func.count().label("failures"))
        .where(sign_in_failures.c.key.in_(keys), sign_in_failures.c.at > now - FAILURES_WITHIN)
        .group_by(sign_in_failures.c.key)
    )
    return any(row.failures >= keys[row.key] for row in counted)


def count_failure(connection: sa.Connection, keys: Iterable[str], now: dt.datetime) -> None:
    """Count one failure more under each of the keys."""
    connection.execute(
        sign_in_failures.insert(), [{"id": uuid4(), "key": key, "at": now} for key in keys]
    )


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password[:PASSWORD_LIMIT])
    except (VerifyMismatchError, InvalidHashError):
        return False


def digest(secret: str) -> str:
    """Return the SHA-256 of a secret, as which it is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
