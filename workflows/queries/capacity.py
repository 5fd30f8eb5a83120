"""How many open tasks colleagues have, and would have after a batch."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import tasks
from workflows.access import people
from workflows.store.batch_tables import batch_items


@dataclass(frozen=True, slots=True)
class Capacity:
    """What somebody has to do, now and after: open tasks."""

    person_id: str
    name: str
    before: int
    after: int


def capacity(connection: sa.Connection, batch_id: UUID) -> tuple[Capacity, ...]:
    """Return what each whom a planned batch takes from or gives to has, before and after.

    Stands on ix_batch_items_batch_id_status_position and ix_tasks_assignee_status_due_at_id.
    """
    rows = connection.execute(
        sa.select(tasks.c.assignee.label("had"), batch_items.c.assignee.label("gets"), _COUNT)
        .join(tasks, tasks.c.id == batch_items.c.target_id)
        .where(
            batch_items.c.batch_id == batch_id,
            batch_items.c.status == "waiting",
            tasks.c.status == "open",
        )
        .group_by(tasks.c.assignee, batch_items.c.assignee)
    ).all()
    moved: Counter[str] = Counter()
    for row in rows:
        moved[row.had] -= row.number
        moved[row.gets] += row.number
    moved.pop("", None)
    now = open_tasks(connection, moved.keys())
    names = people.names(connection, set(moved))
    return tuple(
        Capacity(each, names.get(each, "Somebody"), now.get(each, 0), now.get(each, 0) + change)
        for each, change in sorted(moved.items(), key=lambda pair: names.get(pair[0], ""))
    )


def open_tasks(connection: sa.Connection, person_ids: Collection[str]) -> dict[str, int]:
    """Return how many open tasks each of some people has."""
    rows = connection.execute(
        sa.select(tasks.c.assignee, _COUNT)
        .where(tasks.c.assignee.in_(person_ids), tasks.c.status == "open")
        .group_by(tasks.c.assignee)
    )
    return {row.assignee: row.number for row in rows}


_COUNT: Final = sa.func.count().label("number")
