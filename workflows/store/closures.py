"""Days on which the authority is closed."""

import datetime as dt

import sqlalchemy as sa

from workflows.store.tables import closures


def days(connection: sa.Connection) -> frozenset[dt.date]:
    """Return the days on which nobody works besides weekends and bank holidays."""
    return frozenset(connection.execute(sa.select(closures.c.day)).scalars())
