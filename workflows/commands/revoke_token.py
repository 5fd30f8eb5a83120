"""Revoke an API token."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.access.people import ADMIN, Person
from workflows.store import administered, tokens
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """Let the token whose hash begins with `token_id` be good no more."""

    token_id: str


def revoke_token(command: RevokeToken, work: Work) -> None:
    """Revoke it at once; one's own, or as an administrator anybody's.

    Raises:
        errors.NotFound: there is no such token, or it is somebody else's.
    """
    row = tokens.lock(work.connection, command.token_id)
    is_admin = not isinstance(work.actor, Person) or ADMIN in work.actor.roles
    if row.person_id != work.actor.id and not is_admin:
        raise errors.NotFound("There is no such token.")
    if row.revoked_at is None:
        tokens.revoke(work.connection, row.token_hash, work.now)
        name = f"{row.name} ({row.person_name})"
        administered.enter(work, Entry("token", command.token_id, name, "revoked"))
