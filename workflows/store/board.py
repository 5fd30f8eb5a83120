"""Saved views of the board, its target, and whom its weekly email went to."""

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.board_tables import board_emails, board_targets, saved_views
from workflows.store.tables import memberships, people


class NoSuchView(errors.NotFound):
    """There is no such view, or it is not yours."""


def save_view(connection: sa.Connection, view: dict[str, Any]) -> None:
    """Keep a view; one of the same owner and name is replaced."""
    replaced = {name: view[name] for name in ("address", "shared", "saved_at")}
    connection.execute(
        upsert(saved_views, connection)
        .values(view)
        .on_conflict_do_update(index_elements=["owner", "name"], set_=replaced)
    )


def remove_view(connection: sa.Connection, view_id: UUID, owner: str) -> None:
    """Forget a view.

    Raises:
        NoSuchView: there is none of this owner.
    """
    gone = connection.execute(
        saved_views.delete()
        .where(saved_views.c.id == view_id, saved_views.c.owner == owner)
        .returning(saved_views.c.id)
    ).scalar_one_or_none()
    if gone is None:
        raise NoSuchView


def set_target(
    connection: sa.Connection, measure: str, per_cent: float, *, by: str, at: dt.datetime
) -> None:
    """Keep what the authority aims at."""
    values = {"per_cent": per_cent, "set_by": by, "set_at": at}
    connection.execute(
        upsert(board_targets, connection)
        .values(measure=measure, **values)
        .on_conflict_do_update(index_elements=["measure"], set_=values)
    )


def claim_email(connection: sa.Connection, person_id: str, week: dt.date, at: dt.datetime) -> bool:
    """Write down that somebody gets the board of a week; tell whether nobody else had done so."""
    statement = (
        upsert(board_emails, connection)
        .values(person_id=person_id, week=week, at=at)
        .on_conflict_do_nothing()
        .returning(board_emails.c.person_id)
    )
    return connection.execute(statement).scalar_one_or_none() is not None


def waiting_for_email(
    connection: sa.Connection, week: dt.date, *, role: str, setting: str, wanted: str
) -> tuple[str, ...]:
    """Return who wants the board of a week and has not got it; grows with people of a role alone."""
    written = sa.exists().where(
        board_emails.c.person_id == people.c.id, board_emails.c.week == week
    )
    holds = sa.exists().where(memberships.c.person_id == people.c.id, memberships.c.role == role)
    rows = connection.execute(
        sa.select(people.c.id, people.c.settings)
        .where(people.c.active, holds, ~written)
        .order_by(people.c.id)
    )
    return tuple(row.id for row in rows if (row.settings or {}).get(setting) == wanted)


def email_of(connection: sa.Connection, person_id: str) -> str | None:
    """Return the address of somebody who may sign in, None where they have left."""
    return connection.execute(
        sa.select(people.c.email).where(people.c.id == person_id, people.c.active)
    ).scalar_one_or_none()
