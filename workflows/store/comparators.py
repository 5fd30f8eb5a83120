"""Published figures, and with whom the authority compares itself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.store.database import upsert
from workflows.store.comparator_tables import (
    comparator_choices,
    statistics_areas,
    statistics_figures,
    statistics_loads,
)


def begin_year(connection: sa.Connection, load: Mapping[str, Any], measures: Sequence[str]) -> None:
    """Enter that a year of a file is loaded, in place of what was there.

    Args:
        connection: The transaction.
        load: The columns of the load.
        measures: Which the file has.
    """
    connection.execute(
        statistics_loads.update()
        .where(
            statistics_loads.c.kind == load["kind"],
            statistics_loads.c.year == load["year"],
            statistics_loads.c.replaced_at.is_(None),
        )
        .values(replaced_at=load["loaded_at"])
    )
    connection.execute(
        statistics_figures.delete().where(
            statistics_figures.c.measure.in_(measures), statistics_figures.c.year == load["year"]
        )
    )
    connection.execute(statistics_loads.insert(), dict(load))


def end_year(connection: sa.Connection, load_id: UUID, counted: Mapping[str, int]) -> None:
    """Keep how much a year of a file had."""
    where = statistics_loads.c.id == load_id
    connection.execute(statistics_loads.update().where(where).values(**counted))


def add_areas(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep areas; their newest names hold."""
    if not rows:
        return
    statement = upsert(statistics_areas, connection)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["code"],
            set_={"kind": new.kind, "name": new.name, "region": new.region},
        ),
        [dict(row) for row in rows],
    )


def add_figures(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep figures of a year that was begun."""
    if rows:
        connection.execute(statistics_figures.insert(), [dict(row) for row in rows])


def kinds_of(connection: sa.Connection, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the kind and region of each area that has published figures, by its code."""
    rows = connection.execute(
        sa.select(statistics_areas.c.code, statistics_areas.c.kind, statistics_areas.c.region)
        .where(statistics_areas.c.code.in_(list(codes)))
        .order_by(statistics_areas.c.code)
    )
    return {row.code: (row.kind, row.region) for row in rows}


def choose(
    connection: sa.Connection,
    own: str,
    region: str,
    neighbours: Sequence[str],
    *,
    at: dt.datetime,
    by: str,
) -> None:
    """Keep with whom the authority compares itself from now on."""
    last = connection.execute(sa.select(sa.func.max(comparator_choices.c.number))).scalar_one()
    connection.execute(
        comparator_choices.insert(),
        {
            "number": (last or 0) + 1,
            "own": own,
            "region": region,
            "neighbours": list(neighbours),
            "chosen_at": at,
            "chosen_by": by,
        },
    )
