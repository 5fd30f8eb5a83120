"""The teams, by name."""

import sqlalchemy as sa

from workflows.store.tables import teams


def team_list(connection: sa.Connection) -> tuple[tuple[str, str], ...]:
    """Return identifier and name of each team."""
    rows = connection.execute(
        sa.select(teams.c.id, teams.c.name).order_by(teams.c.name, teams.c.id)
    )
    return tuple((row.id, row.name) for row in rows)
