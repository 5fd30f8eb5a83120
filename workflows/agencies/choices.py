"""Choices that forms take from the authority's own lists (`options_from`)."""

import sqlalchemy as sa

from workflows.store import organisation
from workflows.store.tables import agencies, installation


def choices(name: str, connection: sa.Connection) -> tuple[tuple[str, str], ...]:
    """Return value and label of each choice; none for a list that does not exist.

    What is closed is offered no more.

    Args:
        name: "settings" (schools, colleges, early years providers) or "areas".
        connection: To read the list.
    """
    if name == "areas":
        return tuple(organisation.open_areas(connection).items())
    if name != "settings":
        return ()
    statement = (
        sa.select(agencies.c.id, agencies.c.name)
        .where(agencies.c.kind == "setting", agencies.c.closed_at.is_(None))
        .order_by(agencies.c.name, agencies.c.id)
    )
    return tuple((row.id, row.name) for row in connection.execute(statement))


def authority_name(connection: sa.Connection) -> str:
    """Return the name of the authority that this installation serves, or "" before it is set up."""
    found = connection.execute(sa.select(installation.c.authority_name)).scalar_one_or_none()
    return found or ""
