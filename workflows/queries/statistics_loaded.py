"""Which published statistics are loaded: of what, which year, from which file, when and by whom."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.access import people
from workflows.statistics.measures import KINDS
from workflows.store.comparator_tables import statistics_loads


@dataclass(frozen=True, slots=True)
class Loaded:
    """A year of a published file."""

    kind: str
    title: str
    year: int
    period: str
    file_name: str
    areas: int
    figures: int
    missing: int
    loaded_at: dt.datetime
    loaded_by: str  # name


def statistics_loaded(connection: sa.Connection) -> tuple[Loaded, ...]:
    """Return what is loaded, in the order of the files, newest year first: some dozens of rows."""
    loads = statistics_loads.c
    rows = connection.execute(
        sa.select(
            loads.kind,
            loads.year,
            loads.period,
            loads.file_name,
            loads.areas,
            loads.figures,
            loads.missing,
            loads.loaded_at,
            loads.loaded_by,
        )
        .where(loads.replaced_at.is_(None))
        .order_by(loads.kind, loads.year.desc())
    ).all()
    names = people.names(connection, {row.loaded_by for row in rows})
    order = {kind.code: position for position, kind in enumerate(KINDS)}
    titles = {kind.code: kind.title for kind in KINDS}
    return tuple(
        Loaded(
            row.kind,
            titles[row.kind],
            *row[1:-1],
            names.get(row.loaded_by, row.loaded_by),
        )
        for row in sorted(rows, key=lambda each: order[each.kind])
    )
