"""The rows of people, their roles, and what they sign in with."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import tasks
from workflows.store.tables import (
    agencies,
    api_tokens,
    cases,
    memberships,
    parties,
    people,
    sessions,
    sign_in_failures,
    teams,
)

Held = tuple[str, str]  # team ("" for across the authority), role


class EmailTaken(errors.Invalid):
    """Somebody has this email address already."""


def find(connection: sa.Connection, person_id: str) -> Any:  # noqa: ANN401 (a row)
    """Lock and return the row of a person, who may have been deactivated.

    Raises:
        errors.NotFound: there is none.
    """
    statement = sa.select(*people.c).where(people.c.id == person_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise errors.NotFound("There is no such person.")
    return row


def id_of(connection: sa.Connection, email: str) -> str:
    """Return the identifier of whoever has an email address, "" where nobody has."""
    statement = sa.select(people.c.id).where(people.c.email == email.strip().lower())
    return connection.execute(statement).scalar_one_or_none() or ""


def add(connection: sa.Connection, person_id: str, email: str, name: str) -> None:
    """Add a person who has no password yet.

    Raises:
        EmailTaken: somebody has the address.
    """
    if id_of(connection, email):
        raise EmailTaken(errors={"email": ("Somebody has this email address already",)})
    connection.execute(
        people.insert(),
        {
            "id": person_id,
            "email": email.strip().lower(),
            "name": name.strip(),
            "password_hash": "",
            "active": True,
            "settings": {},
        },
    )


def change(connection: sa.Connection, person_id: str, email: str, name: str) -> None:
    """Change name and email address.

    Raises:
        EmailTaken: somebody else has the address.
    """
    if id_of(connection, email) not in {"", person_id}:
        raise EmailTaken(errors={"email": ("Somebody has this email address already",)})
    connection.execute(
        people.update()
        .where(people.c.id == person_id)
        .values(email=email.strip().lower(), name=name.strip())
    )


def set_password(connection: sa.Connection, person_id: str, hashed: str) -> None:
    """Give a person another password; every session ends."""
    connection.execute(people.update().where(people.c.id == person_id).values(password_hash=hashed))
    connection.execute(sessions.delete().where(sessions.c.person_id == person_id))


def set_active(
    connection: sa.Connection, person_id: str, now: dt.datetime, *, active: bool
) -> None:
    """Let a person sign in, or no longer: sessions and tokens end at once."""
    connection.execute(people.update().where(people.c.id == person_id).values(active=active))
    if not active:
        connection.execute(sessions.delete().where(sessions.c.person_id == person_id))
        connection.execute(
            api_tokens.update()
            .where(api_tokens.c.person_id == person_id, api_tokens.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )


def unlock(connection: sa.Connection, email: str) -> int:
    """Forget wrong passwords of an account; return how many there were."""
    gone = connection.execute(
        sign_in_failures.delete()
        .where(sign_in_failures.c.key == f"account:{email}")
        .returning(sign_in_failures.c.id)
    )
    return len(gone.all())


def roles(connection: sa.Connection, person_id: str) -> frozenset[Held]:
    """Return the roles of a person."""
    rows = connection.execute(
        sa.select(memberships.c.team_id, memberships.c.role).where(
            memberships.c.person_id == person_id
        )
    )
    return frozenset((row.team_id, row.role) for row in rows)


def set_roles(connection: sa.Connection, person_id: str, held: Iterable[Held]) -> None:
    """Give a person these roles, and no others."""
    wanted, before = frozenset(held), roles(connection, person_id)
    for team_id, role in before - wanted:
        connection.execute(
            memberships.delete().where(
                memberships.c.person_id == person_id,
                memberships.c.team_id == team_id,
                memberships.c.role == role,
            )
        )
    added = [
        {"person_id": person_id, "team_id": team_id, "role": role}
        for team_id, role in sorted(wanted - before)
    ]
    if added:
        connection.execute(memberships.insert(), added)


def others_with(connection: sa.Connection, role: str, person_id: str) -> int:
    """Count the others who hold a role and can sign in; nobody takes it from them meanwhile."""
    rows = connection.execute(
        sa.select(memberships.c.person_id, people.c.active)
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.role == role)
        .with_for_update()
    )
    return len({row.person_id for row in rows if row.active and row.person_id != person_id})


def teams_with_kinds(connection: sa.Connection) -> dict[str, tuple[str, str, bool]]:
    """Return name, kind of agency, and whether it is open, of each team."""
    rows = connection.execute(
        sa.select(teams.c.id, teams.c.name, teams.c.closed_at, agencies.c.kind).join(
            agencies, agencies.c.id == teams.c.agency_id
        )
    )
    return {row.id: (row.name, row.kind, row.closed_at is None) for row in rows}


def tasks_held(
    connection: sa.Connection, person_id: str, team_ids: Iterable[str] | None = None
) -> int:
    """Count the open tasks that a person has, of some teams or of all.

    Stands on ix_tasks_assignee_status_due_at_id.
    """
    mine = (tasks.c.assignee == person_id, tasks.c.status == "open")
    of_teams = () if team_ids is None else (tasks.c.team_id.in_(list(team_ids)),)
    statement = sa.select(sa.func.count()).where(*mine, *of_teams)
    return connection.execute(statement).scalar_one()


def party_with_email(
    connection: sa.Connection, reference: str, email: str
) -> tuple[UUID, UUID, str, str] | None:
    """Return case, party, name and person of the party of a case who has an email address."""
    row = connection.execute(
        sa.select(cases.c.id, parties.c.id.label("party"), parties.c.name, parties.c.person_id)
        .join(parties, parties.c.case_id == cases.c.id)
        .where(
            cases.c.reference == reference.strip().upper(),
            sa.func.lower(parties.c.email) == email.strip().lower(),
            parties.c.email != "",
        )
        .order_by(parties.c.id)
        .limit(1)
    ).one_or_none()
    return (row.id, row.party, row.name, row.person_id) if row else None
