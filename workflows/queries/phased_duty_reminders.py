"""What was said about the reviews of phased duties: reminders before, escalations after."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from workflows.access import people
from workflows.registers import load
from workflows.registers.reviews import Kind
from workflows.store.register_tables import phased_duty_reminders as table

NEWEST: Final = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A reminder or an escalation. `owner_id` and `owner` are "" where the duty had none."""

    duty: str
    title: str
    kind: Kind
    review_on: dt.date
    at: dt.datetime
    owner_id: str
    owner: str


def phased_duty_reminders(
    connection: sa.Connection,
    since: dt.datetime | None = None,
    *,
    duty: str = "",
    limit: int = NEWEST,
) -> tuple[Said, ...]:
    """Return what was said after a moment (all where None), the newest first.

    Stands on ix_phased_duty_reminders_at, or on the primary key for one duty.
    """
    statement = sa.select(*table.c)
    if since is not None:
        statement = statement.where(table.c.at > since)
    if duty:
        statement = statement.where(table.c.duty == duty)
    order = (table.c.at.desc(), table.c.duty, table.c.kind, table.c.review_on.desc())
    rows = connection.execute(statement.order_by(*order).limit(limit)).all()
    names = people.names(connection, {row.owner for row in rows})
    titles = {each.code: each.title for each in load.current().duties}
    return tuple(
        Said(
            row.duty,
            titles.get(row.duty, row.duty),
            Kind(row.kind),
            row.review_on,
            row.at,
            row.owner,
            names.get(row.owner, ""),
        )
        for row in rows
    )
