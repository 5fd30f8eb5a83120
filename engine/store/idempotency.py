"""What commands with an idempotency key did, so that the same call again answers the same."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable

import sqlalchemy as sa

from engine import errors
from engine.changes import Change
from engine.store import change_codec
from engine.store.database import upsert
from engine.store.tables import idempotency


class KeyUsedOtherwise(errors.Conflict):
    """This idempotency key was used for another command."""


def replay(
    connection: sa.Connection, command: object, actor_id: str, key: str, *, now: dt.datetime
) -> tuple[Change, ...] | None:
    """Return what a command did under a key before; None where the key is new, and now taken.

    Two that come at once with one key: the second waits here until the first is through.

    Raises:
        KeyUsedOtherwise: another command was given under this key.
    """
    taken = connection.execute(
        upsert(idempotency, connection)
        .values(actor_id=actor_id, key=key, fingerprint=_fingerprint(command), changes=[], at=now)
        .on_conflict_do_nothing()
        .returning(idempotency.c.key)
    ).one_or_none()
    if taken is not None:
        return None
    row = connection.execute(
        sa.select(idempotency.c.fingerprint, idempotency.c.changes).where(
            idempotency.c.actor_id == actor_id, idempotency.c.key == key
        )
    ).one()
    if row.fingerprint != _fingerprint(command):
        raise KeyUsedOtherwise
    return change_codec.decode_all(row.changes)


def keep(connection: sa.Connection, done: Iterable[Change], *, actor_id: str, key: str) -> None:
    """Keep what a command did under a key that `replay` took."""
    connection.execute(
        idempotency.update()
        .where(idempotency.c.actor_id == actor_id, idempotency.c.key == key)
        .values(changes=change_codec.encode_all(done))
    )


def _fingerprint(command: object) -> str:
    fields = {
        each.name: getattr(command, each.name)
        for each in dataclasses.fields(command)  # type: ignore[arg-type]
        if each.default_factory is dataclasses.MISSING
    }
    text = (
        f"{type(command).__name__}:{sorted((name, repr(value)) for name, value in fields.items())}"
    )
    return hashlib.sha256(text.encode()).hexdigest()
