"""Invitations: a link by which somebody sets their password. Its secret is sent, and kept as a hash."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine import changes, errors
from workflows.access import sign_in
from workflows.store.administration_tables import invitations
from workflows.store.tables import people

LASTS: Final = dt.timedelta(days=7)
TEXT: Final = """Dear {name},

You can use ehcflow for {authority}. Choose your password with this link:

{url}

The link works once, until {until}. Please do not pass it on.

If you did not expect this email, do not open the link, and tell {authority}.
"""


class UnusableInvitation(errors.NotFound):
    """This link cannot be used: it is old, or was used. Ask your administrator for another."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for."""

    person_id: str
    name: str
    email: str


def new_token() -> str:
    """Return the secret of an invitation."""
    return secrets.token_urlsafe(32)


def keep(
    connection: sa.Connection, token: str, person_id: str, *, now: dt.datetime, by: str
) -> None:
    """Keep an invitation; those before it cannot be used any more."""
    withdraw(connection, person_id, now=now)
    connection.execute(
        invitations.insert(),
        {
            "token_hash": sign_in.digest(token),
            "person_id": person_id,
            "made_at": now,
            "made_by": by,
            "expires_at": now + LASTS,
        },
    )


def withdraw(connection: sa.Connection, person_id: str, *, now: dt.datetime) -> None:
    """Let no invitation of a person be used any more."""
    connection.execute(
        invitations.update()
        .where(invitations.c.person_id == person_id, invitations.c.used_at.is_(None))
        .values(used_at=now)
    )


def find(connection: sa.Connection, token: str, now: dt.datetime) -> Invited:
    """Return whom an invitation is for, and keep others from using it at the same time.

    Raises:
        UnusableInvitation: there is none that can be used.
    """
    row = connection.execute(
        sa.select(people.c.id, people.c.name, people.c.email)
        .join(invitations, invitations.c.person_id == people.c.id)
        .where(
            invitations.c.token_hash == sign_in.digest(token),
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now,
            people.c.active,
        )
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise UnusableInvitation
    return Invited(row.id, row.name, row.email)


def email(
    token: str, invited: Invited, *, authority: str, site: str, until: str
) -> changes.OutgoingQueued:
    """Return the email of an invitation; its text is forgotten once it is sent."""
    name = authority or "your local authority"
    text = TEXT.format(name=invited.name, authority=name, url=f"{site}{token}", until=until)
    return changes.OutgoingQueued(
        None,
        "email",
        f"invitation:{sign_in.digest(token)[:32]}",
        {
            "to": invited.email,
            "subject": f"Choose your password for {name}",
            "text": text,
            "forget": ["text"],
        },
    )
