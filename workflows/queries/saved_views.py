"""The views of the board that a person saved, and those that managers share."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.store.board_tables import saved_views as table
from workflows.store.tables import people

MOST = 100


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view. `owner` is a name; `own`: it is of whoever asks."""

    id: UUID
    name: str
    address: str
    shared: bool
    owner: str
    own: bool


def saved_views(connection: sa.Connection, person: Person) -> tuple[SavedView, ...]:
    """Return one's own views and the shared ones, by name."""
    rows = connection.execute(
        sa.select(*table.c, people.c.name.label("owner_name"))
        .join(people, people.c.id == table.c.owner)
        .where((table.c.owner == person.id) | table.c.shared)
        .order_by(table.c.name, table.c.id)
        .limit(MOST)
    )
    return tuple(
        SavedView(row.id, row.name, row.address, row.shared, row.owner_name, row.owner == person.id)
        for row in rows
    )
