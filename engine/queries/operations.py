"""Figures for whoever operates the engine."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from engine import errors
from engine.store.database import reading
from engine.store.tables import bundles, incidents, instances, outbox, timers


class DatabaseAway(errors.Conflict):
    """The database does not answer."""


def live_processes(engine: sa.Engine) -> int:
    """Return how many processes can be started.

    Raises:
        DatabaseAway: the database does not answer.
    """
    statement = sa.select(sa.func.count()).select_from(bundles).where(bundles.c.live)
    try:
        with reading(engine) as connection:
            return int(connection.execute(statement).scalar_one())
    except SQLAlchemyError as error:
        raise DatabaseAway from error


def figures(connection: sa.Connection, now: dt.datetime) -> dict[str, tuple[str, float]]:
    """Return name to description and value."""
    waiting = (timers.c.status == "waiting") & timers.c.due_at.is_not(None)
    row = connection.execute(
        sa.select(
            sa.select(sa.func.count()).where(waiting, timers.c.due_at <= now).scalar_subquery(),
            sa.select(sa.func.min(timers.c.due_at)).where(waiting).scalar_subquery(),
            sa.select(sa.func.count()).where(incidents.c.resolved_at.is_(None)).scalar_subquery(),
            sa.select(sa.func.count()).where(outbox.c.status == "queued").scalar_subquery(),
            sa.select(sa.func.count()).where(outbox.c.status == "failed").scalar_subquery(),
            sa.select(sa.func.count()).where(instances.c.status == "active").scalar_subquery(),
        )
    ).one()
    oldest = max(0.0, (now - row[1]).total_seconds()) if row[1] else 0.0
    return {
        "timers_due": ("Timers that are due and have not fired", float(row[0])),
        "oldest_due_timer_seconds": ("How late the oldest due timer is", oldest),
        "incidents_open": ("Steps that failed", float(row[2])),
        "outbox_queued": ("Messages that wait to be sent", float(row[3])),
        "outbox_failed": ("Messages given up", float(row[4])),
        "instances_active": ("Running process instances", float(row[5])),
    }
