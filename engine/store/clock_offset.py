"""The clock of a demo or training database: how far it is ahead, shared by all processes."""

import datetime as dt

import sqlalchemy as sa

from engine.store.database import reading, upsert, writing
from engine.store.tables import clock


def read(engine: sa.Engine) -> dt.timedelta:
    """Return how far the clock is ahead of the wall."""
    with reading(engine) as connection:
        seconds = connection.execute(sa.select(clock.c.offset_seconds)).scalar_one_or_none()
    return dt.timedelta(seconds=seconds or 0)


def write(engine: sa.Engine, offset: dt.timedelta) -> None:
    """Set how far the clock is ahead of the wall."""
    with writing(engine) as connection, connection.begin():
        seconds = int(offset.total_seconds())
        statement = upsert(clock, connection).values(id=1, offset_seconds=seconds)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_={"offset_seconds": seconds})
        )
